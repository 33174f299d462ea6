import { mistypedCloses } from "../mistyped-close.ts";
import { problemRule } from "../problem-rule.ts";

/** httpd 1.3 ignores a stray `</IfModule>`, every other stray tag stops it. */
export const unmatchedClose = problemRule({
  id: "unmatched-close",
  summary: "Every closing tag has its opening one",
  category: "syntax",
  severity: "warning",
  fixable: "safe",
  advice: (problem, config) => {
    const mistyped = mistypedCloses(config).byClose.get(problem);
    if (mistyped === undefined) return undefined;
    const { source } = problem.origin.reading;
    return `did you mean \`</${mistyped.open.name}>\`, of line ${source.position(mistyped.open.nameStart).line}?`;
  },
  fix: (problem, config) => {
    const mistyped = mistypedCloses(config).byClose.get(problem);
    const { line } = problem.origin;
    if (mistyped === undefined || line.kind !== "close" || line.continued) return null;
    return { safe: true, edits: [{ start: line.nameStart, end: line.nameEnd, text: mistyped.open.name }] };
  },
});
