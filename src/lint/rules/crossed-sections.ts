import { mistypedCloses } from "../mistyped-close.ts";
import { problemRule } from "../problem-rule.ts";

/** The lines of httpd 1.3's conditionals may cross sections; nothing else may. */
export const crossedSections = problemRule({
  id: "crossed-sections",
  summary: "Sections are closed in the opposite order of their opening",
  category: "syntax",
  severity: "warning",
  ignore: (problem, config) => mistypedCloses(config).consequences.has(problem),
});
