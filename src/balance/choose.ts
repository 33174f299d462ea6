import type { Candidate, CandidacyContext, ChoiceContext } from "./candidacy.ts";
import { shuffled } from "./order.ts";
import type { Pipeline } from "./pipeline.ts";
import type { PipelineStep } from "../routing/match.ts";

/** What a pipeline decided for one request. */
export interface Choice {
  /** The first of the final list; null when it is empty: served here, as if not balanced. */
  readonly chosen: Candidate | null;
  /** The final list, the chosen one first; the others serve when it fails. */
  readonly order: readonly Candidate[];
  /** Host for a redirect to the chosen server, without port; null: relay the request. Never set when this server is chosen. */
  readonly redirectHost: string | null;
}

/** The list after one function, for explanations. */
export interface TraceEntry {
  readonly step: PipelineStep;
  readonly candidates: readonly Candidate[];
}

const nobody: readonly Candidate[] = [];

/**
 * Runs a pipeline over the candidates. Servers that drain are left out before the first function, whatever the functions are;
 * only bySession sees them.
 * With `trace`, the list after each function that ran is appended to it.
 */
export function choose(
  pipeline: Pipeline,
  candidates: readonly Candidate[],
  context: ChoiceContext,
  trace?: TraceEntry[],
): Choice {
  const isWhole = candidates.every(isUp);
  const draining = isWhole ? nobody : candidates.filter((each) => !isUp(each) && context.nowMs < each.sessionsUntilMs);
  let hostOf: ((chosen: Candidate) => string | null) | null = null;
  const redirectable: CandidacyContext = {
    nowMs: context.nowMs,
    random: context.random,
    self: context.self,
    request: context.request,
    warn: context.warn,
    draining,
    redirect(wanted) {
      hostOf = wanted;
    },
  };
  let list = isWhole ? candidates : candidates.filter(isUp);
  for (const { step, effect, run, shuffleFirst } of pipeline.functions) {
    list = run(shuffleFirst ? shuffled(list, context.random) : list, redirectable);
    trace?.push({ step, candidates: list });
    if (effect === "stop") break;
  }
  const chosen = list[0] ?? null;
  const redirectHost = chosen === null || chosen.isSelf ? null : hostFrom(hostOf, chosen);
  return { chosen, order: list, redirectHost };
}

/** Apart from `choose`, where the compiler believes that nothing assigned `hostOf`. */
function hostFrom(hostOf: ((chosen: Candidate) => string | null) | null, chosen: Candidate): string | null {
  return hostOf === null ? null : hostOf(chosen);
}

function isUp(candidate: Candidate): boolean {
  return candidate.state === "up";
}
