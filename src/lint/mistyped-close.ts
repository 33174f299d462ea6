import { lookupDirective } from "../../grammar/directives/lookup.ts";
import type { CloseTag, OpenTag } from "../../grammar/syntax-tree.ts";
import type { ActiveConfig, ActiveNode, FileReading, Origin, ReadProblem } from "../config/active-config.ts";
import { nearest } from "./nearest.ts";

/** A closing tag with a slip in its name, and the section that it was to close: two problems of the reader, one mistake. */
interface MistypedClose {
  readonly close: ReadProblem;
  readonly open: OpenTag;
}

export interface MistypedCloses {
  /** By the problem of the closing tag. */
  readonly byClose: ReadonlyMap<ReadProblem, MistypedClose>;
  /** What else the reader says because of one: the section is not closed, or another tag crosses it. */
  readonly consequences: ReadonlySet<ReadProblem>;
  /** Whether an origin stands behind such a tag in its file, where the nesting is no longer what the author meant. */
  isBehind(origin: Origin): boolean;
}

/** An opening tag that is left open, with what the reader says of it: nothing, where httpd accepts that. */
interface LeftOpen {
  readonly open: OpenTag;
  readonly problem: ReadProblem | null;
}

/** A tag that is left open, or one that closes nothing. */
type Event = { readonly reading: FileReading; readonly at: number } & (
  | ({ readonly kind: "open" } & LeftOpen)
  | { readonly kind: "close"; readonly line: CloseTag; readonly problem: ReadProblem }
);

const known = new WeakMap<ActiveConfig, MistypedCloses>();

/** The opening tag that a problem says to be left open, or null. */
function leftOpen({ kind, origin, related }: ReadProblem): OpenTag | null {
  if (kind !== "unclosed-section" && kind !== "crossed-sections") return null;
  const line = kind === "unclosed-section" ? origin.line : related?.[0]?.origin.line;
  return line?.kind === "open" ? line : null;
}

/** The tags without partner, in the order of each file's text. */
function eventsIn(config: ActiveConfig): readonly Event[] {
  const events = config.problems.flatMap((problem): readonly Event[] => {
    const { reading, line } = problem.origin;
    const open = leftOpen(problem);
    if (open !== null) return [{ kind: "open", reading, at: open.start, open, problem }];
    return problem.kind === "unmatched-close" && line.kind === "close" && line.bracket !== -1
      ? [{ kind: "close", reading, at: line.start, line, problem }]
      : [];
  });
  const reported = new Set(events.map((event) => (event.kind === "open" ? event.open : null)));
  const accepted = config.openAtEnd.flatMap(({ reading, line: open }): readonly Event[] =>
    open.kind === "open" && !reported.has(open) ? [{ kind: "open", reading, at: open.start, open, problem: null }] : [],
  );
  return [...events, ...accepted].sort((a, b) => a.at - b.at);
}

/** Pairs each closing tag that closes nothing with the last section open before it whose name is nearly its own. */
export function mistypedCloses(config: ActiveConfig): MistypedCloses {
  const before = known.get(config);
  if (before !== undefined) return before;
  const byClose = new Map<ReadProblem, MistypedClose>();
  const consequences = new Set<ReadProblem>();
  const first = new Map<Origin["reading"], number>();
  const stacks = new Map<FileReading, LeftOpen[]>();
  for (const event of eventsIn(config)) {
    const { reading } = event;
    const stack = stacks.get(reading) ?? [];
    stacks.set(reading, stack);
    const top = stack.at(-1);
    if (event.kind === "open") {
      stack.push(event);
    } else if (
      top !== undefined &&
      // The opening tag must be right, and the closing one not that of another section.
      lookupDirective(config.dialect, top.open.name, true).length > 0 &&
      lookupDirective(config.dialect, event.line.name, true).length === 0 &&
      nearest(event.line.name, [top.open.name]) !== null
    ) {
      stack.pop();
      byClose.set(event.problem, { close: event.problem, open: top.open });
      if (top.problem !== null) consequences.add(top.problem);
      if (!first.has(reading)) first.set(reading, event.line.start);
    }
  }
  const result: MistypedCloses = {
    byClose,
    consequences,
    isBehind: ({ reading, line }) => line.start > (first.get(reading) ?? Infinity),
  };
  known.set(config, result);
  return result;
}

/** Whether a node stands in a section only because a closing tag before it is mistyped. */
export function isMisled(node: ActiveNode, config: ActiveConfig): boolean {
  return node.origin !== null && mistypedCloses(config).isBehind(node.origin);
}
