import { argsText } from "../../grammar/logical-line.ts";
import type { SyntaxTree } from "../../grammar/syntax-tree.ts";
import { argsWords } from "../../grammar/words.ts";
import type { Statement } from "./reading-state.ts";

/** The name and the words of a line that is read as it is written. */
export function plainStatement(
  tree: SyntaxTree,
  line: { readonly name: string; readonly argsStart: number; readonly argsEnd: number; readonly continued: boolean },
): Statement {
  const { name, argsStart, argsEnd } = line;
  if (argsStart === argsEnd) return { name, words: [], rawArgs: "" };
  const words = argsWords(tree, line);
  if (line.continued) return { name, words, rawArgs: argsText(tree, line).text };
  const [only] = words;
  // The same text once: most lines have one word.
  const whole = words.length === 1 && only?.quote === "" && only.value.length === argsEnd - argsStart;
  return { name, words, rawArgs: whole ? only.value : tree.text.slice(argsStart, argsEnd) };
}
