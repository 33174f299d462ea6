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

/** What is known of one name of sections. */
interface NamedSections {
  /** How many are open. */
  open: number;
  /** Those that the closing tag of an outer section ended, whose own end may still come. */
  readonly interrupted: { readonly section: OpenSection; readonly by: CloseTag }[];
}

/**
 * Puts lines into sections. A closing tag ends the innermost open section of its name, and with it all that are open inside;
 * one of a name that is not open is a node of its own. Names are compared without case. The text of a Macro is nested by
 * itself: its tags pair up with those around a Use, if at all, and never with those around the Macro.
 *
 * Works on a stack of its own and looks sections up by name, so that neither a quarter million of nested openers nor as many
 * stray closers cost more than their number.
 */
export function nest(lines: readonly Line[]): Nesting {
  const children: SyntaxNode[] = [];
  const problems: SyntaxProblem[] = [];
  const stack: OpenSection[] = [];
  let names = new SectionNames();
  const outer: SectionNames[] = [];
  let current = children;
  // By index here and in the loops of the reader: until it is compiled, `of` makes an object for each of the lines.
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined) break;
    if (line.kind === "open") {
      if (line.bracket === -1) problems.push({ kind: "missing-bracket", line });
      const section: OpenSection = { kind: "section", open: line, children: [], close: null };
      current.push(section);
      stack.push(section);
      names.of(line.name).open += 1;
      current = section.children;
      if (isMacro(line)) {
        outer.push(names);
        names = new SectionNames();
      }
    } else if (line.kind === "close") {
      if (line.bracket === -1) problems.push({ kind: "missing-bracket", line });
      const around = isMacro(line) ? outer.pop() : undefined;
      if (around !== undefined) {
        for (let section = stack.pop(); section !== undefined; section = stack.pop()) {
          if (isMacro(section.open)) {
            section.close = line;
            break;
          }
          problems.push({ kind: "unclosed-section", line: section.open });
        }
        addInterrupted(problems, names);
        names = around;
        names.of(line.name).open -= 1;
        current = stack.at(-1)?.children ?? children;
        continue;
      }
      const named = names.of(line.name);
      if (named.open === 0) {
        current.push(line);
        problems.push(strayClose(line, named));
        continue;
      }
      for (let section = stack.pop(); section !== undefined; section = stack.pop()) {
        const inner = names.of(section.open.name);
        inner.open -= 1;
        if (inner === named) {
          section.close = line;
          break;
        }
        inner.interrupted.push({ section, by: line });
      }
      current = stack.at(-1)?.children ?? children;
    } else {
      current.push(line);
    }
  }
  for (const section of stack) problems.push({ kind: "unclosed-section", line: section.open });
  for (const one of [...outer, names]) addInterrupted(problems, one);
  // Sorting is stable: of problems in one line the missing bracket stays first.
  return { children, problems: problems.sort((a, b) => a.line.start - b.line.start) };
}

/** The section of mod_macro, which httpd takes as text up to its end. */
function isMacro(tag: OpenTag | CloseTag): boolean {
  return tag.name.length === 5 && tag.name.toLowerCase() === "macro";
}

function addInterrupted(problems: SyntaxProblem[], names: SectionNames): void {
  for (const { interrupted } of names.all()) {
    for (const { section } of interrupted) problems.push({ kind: "unclosed-section", line: section.open });
  }
}

/** What is known of each name, found by the name as written and kept by the name without case. */
class SectionNames {
  readonly #byKey = new Map<string, NamedSections>();
  readonly #asWritten = new Map<string, NamedSections>();

  of(name: string): NamedSections {
    let found = this.#asWritten.get(name);
    if (found === undefined) {
      const key = name.toLowerCase();
      found = this.#byKey.get(key) ?? { open: 0, interrupted: [] };
      this.#byKey.set(key, found);
      this.#asWritten.set(name, found);
    }
    return found;
  }

  all(): Iterable<NamedSections> {
    return this.#byKey.values();
  }
}

/** A closing tag for nothing, or the late end of a section that another closing tag had to end: there the tags cross. */
function strayClose(line: CloseTag, { interrupted }: NamedSections): SyntaxProblem {
  const last = interrupted.pop();
  if (last === undefined) return { kind: "unmatched-close", line };
  return { kind: "crossed-close", line: last.by, other: last.section.open };
}
