import type { CloseTag, Line, OpenTag, SyntaxNode, SyntaxProblem } from "./syntax-tree.ts";

/** The nesting that the tags of some lines suggest. */
export interface Nesting {
  readonly children: readonly SyntaxNode[];
  /** In the order of their lines. */
  readonly problems: readonly SyntaxProblem[];
}

interface OpenSection {
  readonly kind: "section";
  readonly open: OpenTag;
  readonly children: SyntaxNode[];
  close: CloseTag | null;
}

/** A section that the closing tag of an outer one ended. */
interface Interrupted {
  readonly section: OpenSection;
  readonly by: CloseTag;
}

/**
 * Puts lines into sections. A closing tag ends the innermost open section of its name, and with it all that are open inside;
 * one of a name that is not open is a node of its own. Names are compared without case.
 *
 * Works on a stack of its own and looks sections up by name, so that neither a quarter million of nested openers nor as many
 * stray closers cost more than their number.
 */
export function nest(lines: readonly Line[]): Nesting {
  const children: SyntaxNode[] = [];
  const problems: SyntaxProblem[] = [];
  const stack: OpenSection[] = [];
  const openByName = new Map<string, number>();
  const interruptedByName = new Map<string, Interrupted[]>();
  let current = children;
  const lowered = new Map<string, string>();
  const lower = (name: string): string => {
    let key = lowered.get(name);
    if (key === undefined) lowered.set(name, (key = name.toLowerCase()));
    return key;
  };
  for (const line of lines) {
    if (line.kind === "open") {
      if (line.bracket === -1) problems.push({ kind: "missing-bracket", line });
      const section: OpenSection = { kind: "section", open: line, children: [], close: null };
      current.push(section);
      stack.push(section);
      count(openByName, lower(line.name), 1);
      current = section.children;
    } else if (line.kind === "close") {
      if (line.bracket === -1) problems.push({ kind: "missing-bracket", line });
      const name = lower(line.name);
      if ((openByName.get(name) ?? 0) === 0) {
        current.push(line);
        problems.push(strayClose(line, interruptedByName.get(name)?.pop()));
        continue;
      }
      for (let section = stack.pop(); section !== undefined; section = stack.pop()) {
        const inner = lower(section.open.name);
        count(openByName, inner, -1);
        if (inner === name) {
          section.close = line;
          break;
        }
        const interrupted = interruptedByName.get(inner);
        if (interrupted === undefined) interruptedByName.set(inner, [{ section, by: line }]);
        else interrupted.push({ section, by: line });
      }
      current = stack.at(-1)?.children ?? children;
    } else {
      current.push(line);
    }
  }
  for (const section of stack) problems.push({ kind: "unclosed-section", line: section.open });
  for (const list of interruptedByName.values()) {
    for (const { section } of list) problems.push({ kind: "unclosed-section", line: section.open });
  }
  // Sorting is stable: of problems in one line the missing bracket stays first.
  return { children, problems: problems.sort((a, b) => a.line.start - b.line.start) };
}

/** A closing tag for nothing, or the late end of a section that another closing tag had to end: there the tags cross. */
function strayClose(line: CloseTag, interrupted: Interrupted | undefined): SyntaxProblem {
  if (interrupted === undefined) return { kind: "unmatched-close", line };
  return { kind: "crossed-close", line: interrupted.by, other: interrupted.section.open };
}

function count(counts: Map<string, number>, key: string, change: 1 | -1): void {
  counts.set(key, (counts.get(key) ?? 0) + change);
}
