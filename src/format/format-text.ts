import type { Dialect } from "../../grammar/dialect.ts";
import { parse } from "../../grammar/parse.ts";
import type { SyntaxTree } from "../../grammar/syntax-tree.ts";
import { formatLine } from "./format-line.ts";
import { depthsOf } from "./line-depths.ts";
import { macroDepths } from "./macro-depths.ts";
import { sameMeaning } from "./same-meaning.ts";

/** One level of indentation: blanks or a tab. */
export const DEFAULT_INDENT = "    ";

/** Deeper sections stay at this depth: a hostile nest of thousands would otherwise grow with the square of its lines. */
const MAX_DEPTH = 32;

/**
 * Longer lines stay as they are: httpd 1.3 and 2.0 cut lines at 8191 bytes, and moving the cut would change what they say.
 * In UTF-16 units of the decoded text.
 */
const LONG_LINE = 4000;

/**
 * The same configuration with its lines indented by section, known names spelled as the manual does, and one blank between
 * arguments. Continued lines keep all but their first indentation; `<Perl>` and other raw text, line ends and blank lines
 * stay, and so does a text with lines that httpd cuts. Every line is read again as `dialect`; one that would not say the same keeps its text. Formatting the
 * result again changes nothing.
 */
export function formatText(text: string, dialect: Dialect, indent = DEFAULT_INDENT): string {
  const tree = parse(text, dialect);
  const depths = macroDepths(tree) ?? depthsOf(tree);
  const before = tree.lines.map((line) => text.slice(line.start, line.end));
  if (tree.cut.length > 0) return text;
  const after = tree.lines.map((line, index) => {
    if (line.end - line.start > LONG_LINE || line === tree.lost) return before[index] ?? "";
    return formatLine(tree, line, indent.repeat(Math.min(depths[index] ?? 0, MAX_DEPTH)));
  });
  let again = parse(after.join(""), dialect);
  const kept = keepWhatDiffers(tree, again, before, after);
  if (kept === 0) return again.text;
  again = parse(after.join(""), dialect);
  return keepWhatDiffers(tree, again, before, after) === 0 ? again.text : text;
}

/** Puts the old text of each line that reads differently now back into `after`; returns how many there were. */
function keepWhatDiffers(tree: SyntaxTree, again: SyntaxTree, before: readonly string[], after: string[]): number {
  const aligned = again.lines.length === tree.lines.length;
  let kept = 0;
  for (const [index, line] of tree.lines.entries()) {
    const now = again.lines[index];
    if (aligned && now !== undefined && sameMeaning(tree, line, again, now)) continue;
    after[index] = before[index] ?? "";
    kept += 1;
  }
  return kept;
}
