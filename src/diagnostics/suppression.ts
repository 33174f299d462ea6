import type { CommentLine, SyntaxTree } from "../../grammar/syntax-tree.ts";
import type { Span } from "../source/source-file.ts";

/** One rule id in one suppression comment. An id of null stands for all rules: the comment names none. */
export interface Suppression {
  readonly id: string | null;
  /** The id in the text, or the comment's keyword when there is none. */
  readonly span: Span;
  /** Where findings are suppressed: those that start in it. */
  readonly covers: Span;
  /** Index of the comment in the lines of the tree. */
  readonly line: number;
}

interface Instruction {
  readonly verb: "disable" | "enable" | "disable-next-line";
  readonly verbSpan: Span;
  readonly ids: readonly { readonly id: string; readonly span: Span }[];
  readonly line: number;
}

/** There are not that many rules; a longer list is not written by hand, and its rest suppresses nothing. */
const MOST_IDS = 100;
const LONGEST_LIST = 10_000;

const INSTRUCTION = /^[\s#]*(backhand-(disable-next-line|disable|enable))(?=\s|$)/;

/** Reads `# backhand-disable[-next-line] id id -- reason` and `# backhand-enable id`; null for other comments. */
function instructionIn(text: string, comment: CommentLine, line: number): Instruction | null {
  const content = text.slice(comment.start, comment.end);
  if (!content.includes("backhand-")) return null;
  const match = INSTRUCTION.exec(content);
  if (match === null) return null;
  const [start = "", keyword = "", verb] = match;
  const rest = content.slice(start.length).split(/(?:^|\s)--(?:\s|$)/, 1)[0] ?? "";
  const ids = [...rest.slice(0, LONGEST_LIST).matchAll(/[^\s,]+/g)].slice(0, MOST_IDS).map((word) => {
    const at = comment.start + start.length + word.index;
    return { id: word[0], span: { start: at, end: at + word[0].length } };
  });
  const end = comment.start + start.length;
  return { verb: verb as Instruction["verb"], verbSpan: { start: end - keyword.length, end }, ids, line };
}

/** The next line that is neither blank nor a comment, so that several comments may stand above one line. */
function nextLine(tree: SyntaxTree, after: number): Span {
  for (let index = after + 1; index < tree.lines.length; index++) {
    const line = tree.lines[index];
    if (line !== undefined && line.kind !== "blank" && line.kind !== "comment") return line;
  }
  return { start: tree.text.length, end: tree.text.length };
}

/** What the comments of one file suppress. */
export interface Suppressions {
  /** In the order of the comments. */
  readonly all: readonly Suppression[];
  /** The suppression that covers a finding of a rule, or undefined. */
  find(rule: string, offset: number): Suppression | undefined;
}

/** The last of the spans, which are sorted and do not overlap, that holds the offset. */
function covering(sorted: readonly Suppression[] | undefined, offset: number): Suppression | undefined {
  if (sorted === undefined) return undefined;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.covers.start ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  const candidate = sorted[low - 1];
  return candidate !== undefined && offset < candidate.covers.end ? candidate : undefined;
}

/**
 * Reads the suppression comments of one file. A comment that adds nothing to an earlier one covers nothing, so that it is
 * reported as unused and the spans of one id never overlap.
 */
export function suppressionsIn(tree: SyntaxTree): Suppressions {
  const all: Suppression[] = [];
  const nextLines = new Map<string | null, Suppression[]>();
  const regions = new Map<string | null, Suppression[]>();
  const open = new Map<string | null, Omit<Suppression, "covers"> & { readonly start: number }>();
  const add = (lists: Map<string | null, Suppression[]>, suppression: Suppression): void => {
    all.push(suppression);
    const list = lists.get(suppression.id);
    if (list === undefined) lists.set(suppression.id, [suppression]);
    else if (list.at(-1)?.covers.start !== suppression.covers.start) list.push(suppression);
  };
  const close = (id: string | null, end: number): void => {
    const entry = open.get(id);
    if (entry === undefined) return;
    open.delete(id);
    const { start, ...rest } = entry;
    add(regions, { ...rest, covers: { start, end } });
  };
  const closeAll = (end: number): void => {
    for (const id of [...open.keys()]) close(id, end);
  };
  for (const [index, line] of tree.lines.entries()) {
    if (line.kind !== "comment") continue;
    const instruction = instructionIn(tree.text, line, index);
    if (instruction === null) continue;
    const ids = instruction.ids.length > 0 ? instruction.ids : [{ id: null, span: instruction.verbSpan }];
    for (const { id, span } of ids) {
      if (instruction.verb === "disable-next-line") {
        add(nextLines, { id, span, covers: nextLine(tree, index), line: index });
      } else if (instruction.verb === "enable") {
        if (id === null) closeAll(line.start);
        else close(id, line.start);
      } else if (open.has(id)) {
        all.push({ id, span, covers: { start: line.end, end: line.end }, line: index });
      } else {
        open.set(id, { id, span, start: line.end, line: index });
      }
    }
  }
  closeAll(tree.text.length + 1);
  all.sort((a, b) => a.span.start - b.span.start);
  return {
    all,
    find: (rule, offset) =>
      covering(nextLines.get(rule), offset) ??
      covering(regions.get(rule), offset) ??
      covering(nextLines.get(null), offset) ??
      covering(regions.get(null), offset),
  };
}
