import { dialects } from "../../../grammar/dialect.ts";
import { wholeLine } from "../places.ts";
import { defineRule } from "../rule.ts";

/** Every folder from / on is then searched for an access file, and each found one may change what the server does. */
export const overrideEverywhere = defineRule({
  id: "override-everywhere",
  summary: "Access files are not looked for in the whole file system",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ report }) => ({
    directives: ["allowoverride"],
    directive(directive) {
      const { parent } = directive;
      if (directive.key !== "allowoverride" || parent.key !== "directory" || parent.words[0]?.value !== "/") return;
      if (directive.words.length === 0 || /^none$/i.test(directive.words[0]?.value ?? "")) return;
      report({
        ...wholeLine(directive.origin),
        message: "Access files everywhere: each request looks for .htaccess in every folder from / on, and obeys it",
        help: "write `AllowOverride None` for /, and allow it for the folders that need it",
      });
    },
  }),
});
