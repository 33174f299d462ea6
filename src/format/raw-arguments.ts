import { lookupDirective } from "../../grammar/directives/lookup.ts";
import type { DirectiveLine, SyntaxTree } from "../../grammar/syntax-tree.ts";

/**
 * Whether blanks between the arguments may matter: a module gets the rest of the line as it stands, or nobody here knows
 * the directive.
 */
export function isRaw(tree: SyntaxTree, line: DirectiveLine): boolean {
  const specs = lookupDirective(tree.dialect, line.name, false);
  return specs.length === 0 || specs.some((spec) => spec.args.includes("RAW_ARGS"));
}
