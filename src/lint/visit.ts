import type { ActiveConfig, ActiveNode } from "../config/active-config.ts";
import type { RuleVisitor } from "./rule.ts";

type Handlers = { readonly [Name in keyof RuleVisitor]-?: readonly NonNullable<RuleVisitor[Name]>[] };

/** The visitors that want each kind, so that a line costs nothing to the rules that do not look at lines. */
function handlersOf(visitors: readonly RuleVisitor[]): Handlers {
  const pick = <Name extends keyof RuleVisitor>(name: Name): NonNullable<RuleVisitor[Name]>[] =>
    visitors.flatMap((visitor) => {
      const handler = visitor[name];
      // Bound, since a rule may be written with `this`.
      return handler === undefined ? [] : [handler.bind(visitor) as NonNullable<RuleVisitor[Name]>];
    });
  return {
    reading: pick("reading"),
    line: pick("line"),
    directive: pick("directive"),
    section: pick("section"),
    problem: pick("problem"),
    end: pick("end"),
  };
}

/**
 * Shows a configuration to the visitors: every reading with its lines, what the reader found, the active directives and
 * sections from top to bottom, the end. Works without recursion, since sections may be nested as deep as a file is long.
 */
export function visit(config: ActiveConfig, visitors: readonly RuleVisitor[]): void {
  const handlers = handlersOf(visitors);
  for (const reading of config.readings) {
    for (const handle of handlers.reading) handle(reading);
    if (handlers.line.length === 0) continue;
    for (const [index, line] of reading.tree.lines.entries()) {
      for (const handle of handlers.line) handle(line, index, reading);
    }
  }
  for (const problem of config.problems) {
    for (const handle of handlers.problem) handle(problem);
  }
  const stack: ActiveNode[] = [...config.server.children].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === "directive") {
      for (const handle of handlers.directive) handle(node);
      continue;
    }
    for (const handle of handlers.section) handle(node);
    for (const child of node.children.toReversed()) stack.push(child);
  }
  for (const handle of handlers.end) handle();
}
