import { dialects, type Dialect } from "../../grammar/dialect.ts";
import { lookupDirective } from "../../grammar/directives/lookup.ts";
import type { ActiveNode, Origin } from "./active-config.ts";
import { argumentProblem } from "./arguments.ts";
import { contextProblem } from "./contexts.ts";
import { likeDirective } from "./like-directive.ts";
import { dialectOf } from "./value-problem.ts";
import { valueProblem, type ValueProblem } from "./values.ts";

/** What the httpd by whose rules a node was read says of it, in the order in which it looks: place, number of words, words. */
export function refusal(node: ActiveNode): ValueProblem | null {
  const place = contextProblem(node);
  if (place !== null) return { message: place };
  const count = node.kind === "directive" ? argumentProblem(node) : null;
  if (count !== null) {
    const syntax = node.spec?.syntax;
    return syntax === undefined ? { message: count } : { message: count, help: `written as \`${syntax}\`` };
  }
  return valueProblem(node);
}

/**
 * What is wrong with a line that no httpd would start with, or null. A file may mix what 1.3 and 2.4 know (mod_backhand's lines
 * beside `ProxyPass … upgrade=websocket`), so each line is judged by every httpd that has its name; the words are split as the
 * one does by which the file was read. What no httpd knows is not judged here.
 */
export function refusalByAll(node: ActiveNode): ValueProblem | null {
  let first: ValueProblem | null = null;
  if (node.spec !== null) {
    first = refusal(node);
    if (first === null) return null;
  }
  const own = dialectOf(node);
  for (const dialect of dialects.toReversed()) {
    if (dialect === own && node.spec !== null) continue;
    for (const spec of lookupDirective(dialect, node.name, node.kind === "section")) {
      const found = refusal(asReadBy(node, dialect, spec));
      if (found === null) return null;
      first ??= found;
    }
  }
  return first;
}

function asReadBy(node: ActiveNode, dialect: Dialect, spec: NonNullable<ActiveNode["spec"]>): ActiveNode {
  const origin = node.origin === null ? null : readBy(node.origin, dialect);
  if (node.kind === "section") return { ...node, spec, origin };
  return origin === null ? node : likeDirective(node, { spec, origin, unknown: undefined });
}

function readBy(origin: Origin, dialect: Dialect): Origin {
  const { reading } = origin;
  return { ...origin, reading: { ...reading, tree: { ...reading.tree, dialect } } };
}
