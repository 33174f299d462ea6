import { argsText } from "../../grammar/logical-line.ts";
import type { Line, SyntaxTree } from "../../grammar/syntax-tree.ts";
import { argsWords } from "../../grammar/words.ts";
import { isRaw } from "./raw-arguments.ts";

/** Whether httpd reads the same from a line of one tree and its counterpart in another of the same dialect. */
export function sameMeaning(tree: SyntaxTree, line: Line, otherTree: SyntaxTree, other: Line): boolean {
  if (line.kind === "raw") {
    return (
      other.kind === "raw" && tree.text.slice(line.start, line.end) === otherTree.text.slice(other.start, other.end)
    );
  }
  if (line.kind === "blank" || line.kind === "comment") return other.kind === line.kind;
  if (other.kind !== line.kind) return false;
  if (line.name.toLowerCase() !== other.name.toLowerCase() || line.continued !== other.continued) return false;
  if (line.kind === "directive" && other.kind === "directive" && !isRaw(tree, line) && !line.continued) {
    const words = argsWords(tree, line);
    const others = argsWords(otherTree, other);
    return (
      words.length === others.length &&
      words.every(({ value, quote, terminated }, index) => {
        const one = others[index];
        return one?.value === value && one.quote === quote && one.terminated === terminated;
      })
    );
  }
  if (line.kind !== "directive" && other.kind !== "directive" && (line.bracket === -1) !== (other.bracket === -1)) {
    return false;
  }
  return argsText(tree, line).text === argsText(otherTree, other).text;
}
