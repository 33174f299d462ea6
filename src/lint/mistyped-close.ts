import { lookupDirective } from "../../grammar/directives/lookup.ts";
import type { OpenTag } from "../../grammar/syntax-tree.ts";
import type { ActiveConfig, ActiveNode, Origin, ReadProblem } from "../config/active-config.ts";
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

/** A tag that a problem is about: left open, or (null) closing nothing. */
interface Event {
  readonly problem: ReadProblem;
  readonly open: OpenTag | null;
  readonly at: number;
}

const known = new WeakMap<ActiveConfig, MistypedCloses>();

/** The opening tag that a problem says to be left open, or null. */
function leftOpen({ kind, origin, related }: ReadProblem): OpenTag | null {
  if (kind !== "unclosed-section" && kind !== "crossed-sections") return null;
  const line = kind === "unclosed-section" ? origin.line : related?.[0]?.origin.line;
  return line?.kind === "open" ? line : null;
}

/** Pairs each closing tag that closes nothing with the last section open before it whose name is nearly its own. */
export function mistypedCloses(config: ActiveConfig): MistypedCloses {
  const before = known.get(config);
  if (before !== undefined) return before;
  const byClose = new Map<ReadProblem, MistypedClose>();
  const consequences = new Set<ReadProblem>();
  const first = new Map<Origin["reading"], number>();
  const events = config.problems
    .flatMap((problem): readonly Event[] => {
      const { line } = problem.origin;
      const open = leftOpen(problem);
      if (open !== null) return [{ problem, open, at: open.start }];
      return problem.kind === "unmatched-close" && line.kind === "close" && line.bracket !== -1
        ? [{ problem, open: null, at: line.start }]
        : [];
    })
    .sort((a, b) => a.at - b.at);
  const stacks = new Map<Origin["reading"], { readonly problem: ReadProblem; readonly open: OpenTag }[]>();
  for (const { problem, open } of events) {
    const { reading, line } = problem.origin;
    const stack = stacks.get(reading) ?? [];
    stacks.set(reading, stack);
    const top = stack.at(-1);
    if (open !== null) {
      stack.push({ problem, open });
    } else if (
      top !== undefined &&
      "name" in line &&
      // The opening tag must be right, and the closing one not that of another section.
      lookupDirective(config.dialect, top.open.name, true).length > 0 &&
      lookupDirective(config.dialect, line.name, true).length === 0 &&
      nearest(line.name, [top.open.name]) !== null
    ) {
      stack.pop();
      byClose.set(problem, { close: problem, open: top.open });
      consequences.add(top.problem);
      if (!first.has(reading)) first.set(reading, line.start);
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
