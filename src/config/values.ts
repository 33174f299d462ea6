import type { Span } from "../source/source-file.ts";
import type { ActiveNode } from "./active-config.ts";
import { expressionChecks } from "./values-expressions.ts";
import { placeChecks } from "./values-places.ts";
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

/** By lower-case name, sections with a leading `<`. A name stands in one of the lists only. */
const checks: ReadonlyMap<string, ValueCheck> = new Map([...wordChecks, ...expressionChecks, ...placeChecks]);

/**
 * What httpd's handlers refuse beyond place and number of words, or null. Call it when contextProblem and argumentProblem
 * have nothing to say. Nothing here looks at files or the network; files.ts does.
 */
export function valueProblem(node: ActiveNode): ValueProblem | null {
  if (node.spec === null) return null;
  return checks.get((node.kind === "section" ? "<" : "") + node.key)?.(node) ?? null;
}
