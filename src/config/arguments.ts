import type { ArgumentKind } from "../../grammar/directives/directive-spec.ts";
import type { Word } from "../../grammar/word.ts";
import type { ActiveDirective } from "./active-config.ts";

/**
 * What httpd says of a directive with too few, too many or impossible words, or null. The words are those that httpd hands
 * to the handler; what the handler makes of them is for values.ts. Without a spec there is nothing to say.
 * 1.3 http_config.c:754, 2.4 server/config.c:853 invoke_cmd
 */
export function argumentProblem(directive: ActiveDirective): string | null {
  const { spec, words, name } = directive;
  if (spec === null || spec.args.length === 0) return null;
  const old = directive.origin.reading.tree.dialect === "1.3";
  let problem: string | null = null;
  for (const kind of spec.args) {
    problem = problemOf(kind, words, old);
    if (problem === null) return null;
  }
  return problem === null ? null : `${name} ${problem}`;
}

/** An empty quoted word ends the words for the kinds that test `*w`: httpd takes it for no word. */
function countUntilEmpty(words: readonly Word[]): number {
  const empty = words.findIndex((word) => word.value === "");
  return empty === -1 ? words.length : empty;
}

function problemOf(kind: ArgumentKind, words: readonly Word[], old: boolean): string | null {
  const given = words.length;
  // Each word is fetched once; only the last that must be there is tested for being empty.
  const has = (count: number): boolean => given >= count && words[count - 1]?.value !== "";
  switch (kind) {
    case "RAW_ARGS":
    case "TAKE_ARGV":
      return null;
    case "NO_ARGS":
      return given === 0 ? null : "takes no arguments";
    case "TAKE1":
      return has(1) && given === 1 ? null : "takes one argument";
    case "TAKE2":
      return has(1) && has(2) && given === 2 ? null : "takes two arguments";
    case "TAKE12":
      return has(1) && given <= 2 ? null : "takes 1-2 arguments";
    case "TAKE3":
      return has(1) && has(2) && has(3) && given === 3 ? null : "takes three arguments";
    case "TAKE23":
      return has(1) && has(2) && given <= 3 ? null : "takes two or three arguments";
    case "TAKE123":
      return has(1) && given <= 3 ? null : "takes one, two or three arguments";
    case "TAKE13":
      return has(1) && (given === 1 || (given === 3 && words[1]?.value !== "" && has(3)))
        ? null
        : "takes one or three arguments";
    case "ITERATE":
      return old || countUntilEmpty(words) > 0 ? null : "requires at least one argument";
    case "ITERATE2":
      return has(1) && given > 1 ? null : "requires at least two arguments";
    case "FLAG":
      return /^(?:on|off)$/i.test(words[0]?.value ?? "") ? null : "must be On or Off";
    default:
      return kind satisfies never;
  }
}
