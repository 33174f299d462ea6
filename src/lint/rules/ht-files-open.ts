import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import { restricts } from "../access-rules.ts";
import { wholeLine } from "../places.ts";
import { defineRule } from "../rule.ts";
import { firstWord } from "../sections.ts";

/** Whether a section is for the names that begin with .ht, or for all that begin with a dot. */
function isForHtFiles({ key, words }: ActiveSection): boolean {
  const text = words.map(({ value }) => value).join(" ");
  return (
    /^(?:files|filesmatch|directorymatch|locationmatch|location)$/.test(key) && /\.\(*(?:ht|\*|\[h|\?!)/i.test(text)
  );
}

/** httpd itself protects none of these files: its configurations do, with a section that is easily lost. */
export const htFilesOpen = defineRule({
  id: "ht-files-open",
  summary: "Access files and password files cannot be fetched",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => {
    let allows: ActiveDirective | undefined;
    let guarded = false;
    let root = false;
    return {
      section(section) {
        guarded ||= isForHtFiles(section) && restricts(section);
      },
      directives: ["documentroot", "allowoverride", "redirectmatch"],
      directive(directive) {
        if (directive.spec === null) return;
        const value = firstWord(directive).toLowerCase();
        if (directive.key === "documentroot") root = true;
        if (directive.key === "allowoverride" && value !== "none" && value !== "") allows ??= directive;
        if (directive.key === "redirectmatch" && directive.rawArgs.includes("\\.ht")) guarded = true;
      },
      end() {
        // Pieces of configurations have their guard elsewhere.
        if (allows === undefined || guarded || !root || config.server.children.length === 0) return;
        if (config.problems.some(({ kind }) => kind === "missing-include")) return;
        report({
          ...wholeLine(allows.origin),
          message: "Readable access files: .htaccess is obeyed, and nothing keeps .ht files from being fetched",
          ...(isMain(config.server) ? {} : { severity: "info" as const }),
          help:
            config.dialect === "2.4"
              ? 'add `<Files ".ht*">` with `Require all denied`'
              : 'add `<Files ~ "^\\.ht">` with `Order allow,deny` and `Deny from all`',
        });
      },
    };
  },
});

/** Whether the file has what only a main file has. */
function isMain({ children }: ActiveSection): boolean {
  return children.some(({ key }) => key === "listen" || key === "port" || key === "serverroot");
}
