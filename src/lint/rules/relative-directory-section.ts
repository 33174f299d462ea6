import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

/**
 * httpd compares a Directory section with the file name, which is absolute; ServerRoot is not put before the path. Left
 * alone: drives and volumes (`C:/`, `sys:/`), 1.3's `proxy:`, markers that a build replaces, and variables.
 */
const CAN_MATCH = /^(?:[/\\*?[@%]|\$\{|\w+:)/;

export const relativeDirectorySection = defineRule({
  id: "relative-directory-section",
  summary: "The path of a Directory section is absolute",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3", "2.0", "2.2", "2.4"],
  create: ({ report }) => ({
    section(section) {
      const [path] = section.words;
      if (section.key !== "directory" || path === undefined || path.value === "" || path.value === "~") return;
      if (CAN_MATCH.test(path.value)) return;
      report({
        ...wordOnly(section, path),
        message: `Unreachable section: no file name matches the relative path ${quote(path.value)}`,
        help: "write the whole path; ServerRoot is not put before it",
      });
    },
  }),
});
