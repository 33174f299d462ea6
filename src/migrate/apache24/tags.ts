import type { CloseTag, OpenTag } from "../../../grammar/syntax-tree.ts";
import { walk } from "../../ast/walk.ts";
import type { SourceLine, SourceLines } from "../source-lines.ts";

/** Which closing tag belongs to which opening one, by the nesting of the text. */
export interface Tags {
  /** Null when nothing closes the section. */
  readonly closeOf: (open: SourceLine) => SourceLine | null;
  /** Lines from one to another, both included. */
  readonly between: (open: SourceLine, close: SourceLine | null) => readonly SourceLine[];
  /** Closing tags that close nothing. */
  readonly stray: readonly SourceLine[];
}

/** Pairs the tags of all files. */
export function pairTags(source: SourceLines): Tags {
  const closes = new Map<OpenTag, CloseTag | null>();
  const used = new Set<CloseTag>();
  for (const tree of new Set(source.files.map(({ reading }) => reading.tree))) {
    walk(tree.children, {
      enter(node) {
        if (node.kind === "section") {
          closes.set(node.open, node.close);
          if (node.close !== null) used.add(node.close);
        }
        return undefined;
      },
    });
  }
  const index = new Map<SourceLine, number>();
  const stray: SourceLine[] = [];
  for (const file of source.files) {
    for (const [at, line] of file.lines.entries()) {
      if (line.line.kind === "open") index.set(line, at);
      if (line.line.kind !== "close") continue;
      index.set(line, at);
      if (!used.has(line.line)) stray.push(line);
    }
  }
  return {
    closeOf: ({ line, file }) => {
      const close = line.kind === "open" ? closes.get(line) : null;
      return close ? (file.byLine.get(close) ?? null) : null;
    },
    between: (open, close) =>
      open.file.lines.slice(
        index.get(open) ?? 0,
        close === null ? undefined : (index.get(close) ?? open.file.lines.length) + 1,
      ),
    stray,
  };
}
