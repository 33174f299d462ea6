import type { SyntaxTree } from "../../grammar/syntax-tree.ts";

/** The text of a tree, put together from its lines: for every text `print(parse(text))` is that text. */
export function print(tree: SyntaxTree): string {
  return tree.lines.map((line) => tree.text.slice(line.start, line.end)).join("");
}
