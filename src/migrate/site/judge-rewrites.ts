import type { Draft } from "../draft.ts";
import type { Verdict } from "../verdict.ts";
import { changed, dropped, folded, lost } from "../verdict.ts";
import type { ActiveDirective } from "../../config/active-config.ts";
import type { InnerRewrite } from "./rewrite-inside.ts";
import type { LostRewrite, Rewrite } from "./rewrite-rule.ts";
import type { HostRewrites } from "./rewrites.ts";

/** How a target says a rule (null: it cannot), and how it refuses paths. */
export interface RewriteWords {
  readonly target: string;
  readonly rule: (rule: Rewrite | InnerRewrite) => readonly string[] | null;
  readonly refusal: (closed: NonNullable<LostRewrite["closed"]>) => string;
}

/** Writes the rules of a host, in their order, and gives every line of mod_rewrite there its verdict. */
export function writeRewrites(host: HostRewrites | undefined, draft: Draft, words: RewriteWords): readonly string[] {
  if (host === undefined) return [];
  const judge = (lines: readonly ActiveDirective[], verdict: Verdict): void => {
    for (const node of lines) {
      const line = draft.source.lineOf(node);
      if (line !== null) draft.judge(line, verdict);
      else if (verdict.kind === "dropped" && verdict.decides) draft.note(verdict.why, true);
    }
  };
  judgeOthers(host, judge);
  let isSure = true;
  return host.rules.flatMap((rule) => {
    const refuses = rule.kind === "rewrite" && rule.target === null;
    const lines = rule.kind === "lost" || (!isSure && !refuses) ? null : words.rule(rule);
    if (lines !== null) {
      const why = lines.length === 0 ? "its conditions never hold here" : `as ${words.target} says it`;
      const [own, ...conditions] = rule.lines;
      if (own !== undefined) judge([own], lines.length === 0 ? dropped(why) : changed(lines, why));
      judge(conditions, folded("part of the rule behind it"));
      return lines;
    }
    const reason = isSure ? `${words.target} has no line for it` : "a rule before it may take its requests";
    const { why, closed } = rule.kind === "lost" ? rule : { why: reason, closed: closedBy(rule) };
    if (rule.kind !== "lost" && !refuses) isSure = false;
    const instead = closed === null ? [] : [words.refusal(closed)];
    const what = closed === null ? "not written" : `answers ${closed.status} whatever its conditions say`;
    judge(rule.lines, lost(`${words.target} cannot say this rule, since ${why}: ${what}`, instead));
    return instead;
  });
}

/** Judges the lines that say nothing of their own. */
export function judgeOthers(
  { others, isOn }: HostRewrites,
  judge: (lines: readonly ActiveDirective[], verdict: Verdict) => void,
): void {
  const engine = isOn ? "the rules say it by themselves" : "RewriteEngine is not on here, so no rule counts";
  for (const node of others) {
    const isLog = /^rewrite(?:log|loglevel|lock|map)$/.test(node.key);
    const said = isOn ? folded(engine) : dropped(engine);
    judge([node], isLog ? dropped("what rules need of it they say themselves") : said);
  }
}

/** Rules of hosts that no request reaches. */
export function judgeUnreached(
  rewrites: ReadonlyMap<number, HostRewrites>,
  hosts: readonly { readonly index: number }[],
  draft: Draft,
): void {
  const reached = new Set(hosts.map(({ index }) => index));
  for (const [index, { rules, others }] of rewrites) {
    if (reached.has(index)) continue;
    for (const node of [...others, ...rules.flatMap(({ lines }) => lines)]) {
      const line = draft.source.lineOf(node);
      if (line !== null)
        draft.judge(line, dropped("no request reaches this host, and other hosts have none of its rules"));
    }
  }
}

function closedBy(rule: Rewrite | InnerRewrite): LostRewrite["closed"] {
  return rule.kind === "rewrite" && rule.target === null ? { status: rule.status, pattern: rule.pattern } : null;
}
