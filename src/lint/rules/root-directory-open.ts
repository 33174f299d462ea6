import type { ActiveSection } from "../../config/active-config.ts";
import { dialects } from "../../../grammar/dialect.ts";
import { accessDirectives, grantsAll, restricts } from "../access-rules.ts";
import { nameOnly, wholeLine } from "../places.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, isWholeServer } from "../sections.ts";

/** Whatever an Alias, a link or a module's fault leads to is then served. */
export const rootDirectoryOpen = defineRule({
  id: "root-directory-open",
  summary: "The root of the file system is not open to everybody",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => {
    const roots: ActiveSection[] = [];
    const help =
      config.dialect === "2.4"
        ? "write `Require all denied` for / and `Require all granted` for the folders that are served"
        : "write `Deny from all` for / and `Allow from all` for the folders that are served";
    return {
      section(section) {
        if (section.key !== "directory" || section.words[0]?.value !== "/") return;
        roots.push(section);
        const grant = accessDirectives(section).find(grantsAll);
        if (grant === undefined || restricts(section)) return;
        report({
          ...wholeLine(grant.origin),
          message: "Open file system: every file that a URL leads to is served, wherever it lies",
          help,
        });
      },
      end() {
        const documents = directivesOf(config.server, "documentroot").at(-1);
        if (documents === undefined || !isWholeServer(config)) return;
        const own = roots.filter(({ parent }) => parent === config.server);
        if (own.some((section) => accessDirectives(section).some((one) => one.key !== "satisfy"))) return;
        const origin = own[0]?.origin ?? documents.origin;
        report({
          ...nameOnly(origin),
          message: "Open file system: nothing denies /, so every file that a URL leads to is served",
          help,
          // So it is in the file that httpd 1.3 came with.
          severity: "info",
        });
      },
    };
  },
});
