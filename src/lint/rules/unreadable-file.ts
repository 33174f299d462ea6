import { problemRule } from "../problem-rule.ts";

/** A folder, or a file without permission, where a file is expected. */
export const unreadableFile = problemRule({
  id: "unreadable-file",
  summary: "Included files can be read",
  category: "semantics",
  severity: "warning",
});
