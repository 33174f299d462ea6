import type { Dialect } from "../compile/table.ts";
import type { PatternSyntax } from "./pattern.ts";

/** Which regular expressions a dialect has. */
export function patternSyntax(dialect: Dialect): PatternSyntax {
  return dialect === "1.3" ? "ere" : "pcre";
}
