import { dialects } from "../../../grammar/dialect.ts";
import { grantsAll } from "../access-rules.ts";
import { wholeLine } from "../places.ts";
import { defineRule } from "../rule.ts";
import { accessDirectives, restricts } from "../access-rules.ts";

/** Whatever an Alias, a link or a module's fault leads to is then served. */
export const rootDirectoryOpen = defineRule({
  id: "root-directory-open",
  summary: "The root of the file system is not open to everybody",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => ({
    section(section) {
      if (section.key !== "directory" || section.words[0]?.value !== "/") return;
      const grant = accessDirectives(section).find(grantsAll);
      if (grant === undefined || restricts(section)) return;
      report({
        ...wholeLine(grant.origin),
        message: "Open file system: every file that a URL leads to is served, wherever it lies",
        help:
          config.dialect === "2.4"
            ? "write `Require all denied` for / and `Require all granted` for the folders that are served"
            : "write `Deny from all` for / and `Allow from all` for the folders that are served",
      });
    },
  }),
});
