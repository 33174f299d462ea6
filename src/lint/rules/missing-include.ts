import { problemRule } from "../problem-rule.ts";

/** A marker that a build replaces, `@@ServerRoot@@/extra/a.conf`. */
const MARKER = /@\w+@/;

/** A wildcard that matches nothing stops 2.x and not 1.3, a missing file stops both. */
export const missingInclude = problemRule({
  id: "missing-include",
  summary: "Included files exist",
  category: "semantics",
  severity: "warning",
  ignore: ({ message }) => MARKER.test(message),
  help: "with --server-root, files are looked for in the copy of another machine's server root",
});
