import type { Span } from "../source/source-file.ts";
import type { ActiveNode } from "./active-config.ts";
import { accessChecks } from "./values-access.ts";
import { conditionChecks } from "./values-conditions.ts";
import { expressionChecks } from "./values-expressions.ts";
import { headerChecks } from "./values-headers.ts";
import { keywordChecks } from "./values-keywords.ts";
import { logChecks } from "./values-logs.ts";
import { mappingChecks } from "./values-mapping.ts";
import { moduleChecks } from "./values-modules.ts";
import { numberChecks } from "./values-numbers.ts";
import { placeChecks } from "./values-places.ts";
import { proxyChecks } from "./values-proxy.ts";
import { rewriteChecks } from "./values-rewrite.ts";
import { sslChecks } from "./values-ssl.ts";
import { wordChecks } from "./values-words.ts";

/** What the handler of a directive says of its words: httpd does not start with them. */
export interface ValueProblem {
  readonly message: string;
  /** The word that is meant; absent when it is the whole line. */
  readonly span?: Span;
  readonly help?: string;
}

/** Looks at the words of one directive or section whose place and count of words are fine. */
export type ValueCheck = (node: ActiveNode) => ValueProblem | null;

/** By lower-case name, sections with a leading `<`; the checks of a name one after the other. */
const checks: ReadonlyMap<string, readonly ValueCheck[]> = byName([
  ...wordChecks,
  ...keywordChecks,
  ...conditionChecks,
  ...expressionChecks,
  ...placeChecks,
  ...mappingChecks,
  ...rewriteChecks,
  ...headerChecks,
  ...logChecks,
  ...accessChecks,
  ...proxyChecks,
  ...sslChecks,
  ...numberChecks,
  ...moduleChecks,
]);

function byName(list: readonly (readonly [string, ValueCheck])[]): ReadonlyMap<string, readonly ValueCheck[]> {
  const found = new Map<string, ValueCheck[]>();
  for (const [name, check] of list) {
    const before = found.get(name);
    if (before === undefined) found.set(name, [check]);
    else before.push(check);
  }
  return found;
}

/**
 * What httpd's handlers refuse beyond place and number of words, or null. Call it when contextProblem and argumentProblem
 * have nothing to say. Nothing here looks at files or the network; files.ts does.
 */
export function valueProblem(node: ActiveNode): ValueProblem | null {
  if (node.spec === null) return null;
  for (const check of checks.get((node.kind === "section" ? "<" : "") + node.key) ?? []) {
    const problem = check(node);
    if (problem !== null) return problem;
  }
  return null;
}
