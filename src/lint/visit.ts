import type { ActiveConfig, ActiveNode } from "../config/active-config.ts";
import type { RuleVisitor } from "./rule.ts";

type Events = Omit<RuleVisitor, "directive" | "directives">;
type Handlers = { readonly [Name in keyof Events]-?: readonly NonNullable<Events[Name]>[] };

/** The visitors that want each kind, so that a line costs nothing to the rules that do not look at lines. */
function handlersOf(visitors: readonly RuleVisitor[]): Handlers {
  const pick = <Name extends keyof Events>(name: Name): NonNullable<Events[Name]>[] =>
    visitors.flatMap((visitor) => {
      const handler = visitor[name];
      // Bound, since a rule may be written with `this`.
      return handler === undefined ? [] : [handler.bind(visitor) as NonNullable<Events[Name]>];
    });
  return {
    reading: pick("reading"),
    line: pick("line"),
    section: pick("section"),
    problem: pick("problem"),
    end: pick("end"),
  };
}

type Handler = NonNullable<RuleVisitor["directive"]>;

/** The handlers of directives by name: most rules are for a few names, and a file has many lines. */
class DirectiveHandlers {
  /** In the order of the visitors, with the names that each wants; null for all. */
  readonly #all: readonly { readonly names: ReadonlySet<string> | null; readonly handle: Handler }[];
  readonly #forAnyName: readonly Handler[];
  /** For the names that some visitor asks for by name. */
  readonly #byName = new Map<string, readonly Handler[]>();

  constructor(visitors: readonly RuleVisitor[]) {
    this.#all = visitors.flatMap((visitor) => {
      if (visitor.directive === undefined) return [];
      const handle: Handler = visitor.directive.bind(visitor);
      return [{ names: visitor.directives === undefined ? null : new Set(visitor.directives), handle }];
    });
    this.#forAnyName = this.#all.flatMap(({ names, handle }) => (names === null ? [handle] : []));
    for (const name of new Set(visitors.flatMap(({ directives }) => directives ?? []))) {
      const wanting = this.#all.flatMap(({ names, handle }) => (names?.has(name) === false ? [] : [handle]));
      this.#byName.set(name, wanting);
    }
  }

  for(key: string): readonly Handler[] {
    return this.#byName.get(key) ?? this.#forAnyName;
  }
}

/**
 * Shows a configuration to the visitors: every reading with its lines, what the reader found, the active directives and
 * sections from top to bottom, the end. Works without recursion, since sections may be nested as deep as a file is long.
 */
export function visit(config: ActiveConfig, visitors: readonly RuleVisitor[]): void {
  const handlers = handlersOf(visitors);
  const directives = new DirectiveHandlers(visitors);
  for (const reading of config.readings) {
    for (const handle of handlers.reading) handle(reading);
    if (handlers.line.length === 0) continue;
    const { lines } = reading.tree;
    for (const handle of handlers.line) {
      // By the rule, since one that does nothing with most lines is then quick.
      for (const [index, line] of lines.entries()) handle(line, index, reading);
    }
  }
  for (const problem of config.problems) {
    for (const handle of handlers.problem) handle(problem);
  }
  const stack: ActiveNode[] = [...config.server.children].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === "directive") {
      for (const handle of directives.for(node.key)) handle(node);
      continue;
    }
    for (const handle of handlers.section) handle(node);
    for (const child of node.children.toReversed()) stack.push(child);
  }
  for (const handle of handlers.end) handle();
}
