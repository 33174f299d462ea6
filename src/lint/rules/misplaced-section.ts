import { mistypedCloses } from "../mistyped-close.ts";
import { problemRule } from "../problem-rule.ts";

/** Directory in VirtualHost is fine, VirtualHost in Directory is not. */
export const misplacedSection = problemRule({
  id: "misplaced-section",
  summary: "Sections stand where httpd takes them",
  category: "semantics",
  severity: "warning",
  // Where a mistyped closing tag stands above, the section is in place once that is repaired.
  ignore: ({ origin }, config) => mistypedCloses(config).isBehind(origin),
});
