import type { ReadProblem } from "../../config/active-config.ts";
import type { Fix } from "../../diagnostics/diagnostic.ts";
import { problemRule } from "../problem-rule.ts";

/** httpd 1.3 takes the word before `>` as it is: `<IfModule x >` has an argument too many, `<IfModule "x">` another name. */
function repair({ origin: { reading, line } }: ReadProblem): Fix | null {
  if (reading.tree.dialect !== "1.3" || line.kind !== "open" || line.bracket < 0 || line.continued) return null;
  const inner = /^("?)([!\w.-]+)\1([ \t]*)$/.exec(
    reading.source.text.slice(line.argsStart, Math.min(line.bracket, line.argsStart + 200)),
  );
  const name = inner?.[2];
  if (name === undefined) return null;
  return { safe: true, edits: [{ start: line.argsStart, end: line.bracket, text: name }] };
}

/** IfModule, IfDefine, IfVersion and their like with an argument that the httpd does not take. */
export const badConditional = problemRule({
  id: "bad-conditional",
  summary: "The argument of a conditional is one that httpd takes",
  category: "syntax",
  severity: "warning",
  fixable: "safe",
  shadows: ["argument-count"],
  fix: repair,
});
