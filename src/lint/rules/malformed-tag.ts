import type { ReadProblem } from "../../config/active-config.ts";
import type { Fix } from "../../diagnostics/diagnostic.ts";
import { problemRule } from "../problem-rule.ts";

/** Longer lines are not written by hand, and searching them costs time. */
const LONGEST = 1000;

/** What the author plainly meant: blanks inside the brackets out, a missing `>` in, a comment on a line of its own. */
function repair({ origin: { reading, line } }: ReadProblem): Fix | null {
  if (line.end - line.start > LONGEST || ("continued" in line && line.continued)) return null;
  const text = reading.source.text.slice(line.start, line.end);
  const edit = (start: number, end: number, replacement: string): Fix => ({
    safe: true,
    edits: [{ start: line.start + start, end: line.start + end, text: replacement }],
  });
  const [content = "", indent = ""] = /^([ \t]*)[^\r\n]*/.exec(text) ?? [];
  const end = content.trimEnd().length;
  const [, before = "", first = "", slash = "", second = ""] =
    /^([ \t]*<)([ \t]*)(\/?)([ \t]*)(?=\w)/.exec(content) ?? [];
  if (first + second !== "") return edit(before.length, (before + first + slash + second).length, slash);
  const beforeBracket = /^[ \t]*<\/\w+([ \t]+)>/.exec(content);
  if (beforeBracket !== null)
    return edit(beforeBracket[0].length - 1 - (beforeBracket[1] ?? "").length, beforeBracket[0].length - 1, "");
  if (!content.includes(">")) return edit(end, end, ">");
  const comment = /^[ \t]*<\/\w+>([ \t]*)#/.exec(content);
  if (comment !== null) {
    const at = comment[0].length - 1;
    return edit(at - (comment[1] ?? "").length, at, `${text.includes("\r") ? "\r\n" : "\n"}${indent}`);
  }
  return null;
}

/** The brackets of a tag and what stands around them; where httpd forgives something, the finding is not fatal. */
export const malformedTag = problemRule({
  id: "malformed-tag",
  summary: "Tags are written as httpd reads them",
  category: "syntax",
  severity: "warning",
  fixable: "safe",
  shadows: ["unknown-directive", "unclosed-section"],
  fix: repair,
});
