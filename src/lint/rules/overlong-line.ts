import { problemRule } from "../problem-rule.ts";

/** What lies behind the limit is read as lines of its own, so whatever else is found there says nothing. */
export const overlongLine = problemRule({
  id: "overlong-line",
  summary: "No line is longer than httpd reads",
  category: "syntax",
  severity: "warning",
  oncePerLine: true,
  shadows: [
    "unknown-directive",
    "argument-count",
    "argument-value",
    "wrong-context",
    "unterminated-quote",
    "line-end-comment",
    "malformed-tag",
  ],
});
