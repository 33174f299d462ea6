import type { ActiveConfig } from "../../config/active-config.ts";
import type { Draft } from "../draft.ts";
import { dropped, lost } from "../verdict.ts";

/** Says which files the old server would not find or take; what they would say is not carried over. */
export function judgeIncludes({ problems }: ActiveConfig, draft: Draft): void {
  const found = new Map(
    problems.flatMap((problem) => (/include/.test(problem.kind) ? [[problem.origin.line, problem] as const] : [])),
  );
  if (found.size === 0) return;
  for (const line of draft.source.files.flatMap(({ lines }) => lines)) {
    const problem = found.get(line.line);
    if (problem === undefined || draft.isJudged(line)) continue;
    const { message, fatal } = problem;
    draft.judge(
      line,
      fatal ? lost(`${message}, so that nothing of it is here: migrate where the old server starts`) : dropped(message),
    );
  }
}
