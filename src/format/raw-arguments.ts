import { lookupDirective } from "../../grammar/directives/lookup.ts";
import type { DirectiveLine, SyntaxTree } from "../../grammar/syntax-tree.ts";

/**
 * Whether blanks between the arguments may matter: a module gets the rest of the line as it stands, nobody here knows the
 * directive, or a variable may bring a quote, so that blanks behind it stand in one argument.
 */
export function isRaw(tree: SyntaxTree, line: DirectiveLine): boolean {
  if (tree.dialect !== "1.3" && tree.text.slice(line.argsStart, line.argsEnd).includes("${")) return true;
  const specs = lookupDirective(tree.dialect, line.name, false);
  return specs.length === 0 || specs.some((spec) => spec.args.includes("RAW_ARGS"));
}
