import { nameOnly } from "../places.ts";
import { isPerhaps } from "../conditional-lines.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, everySection, placeOf } from "../sections.ts";

const HOST_PROVIDERS: ReadonlySet<string> = new Set(["all", "ip", "host", "forward-dns", "local", "env", "expr"]);

/** mod_access_compat is asked first and mod_authz_core after it: both must agree, unless Satisfy says otherwise. */
export const mixedAccessControl = defineRule({
  id: "mixed-access-control",
  summary: "A section says who may come with Require or with Order, Allow and Deny, not with both",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects: ["2.4"],
  create: ({ config, report }) =>
    everySection(config, (section) => {
      const require = directivesOf(section, "require").find(({ words }) => {
        const [first, second] = words;
        return HOST_PROVIDERS.has((first?.value === "not" ? second : first)?.value.toLowerCase() ?? "");
      });
      const old = directivesOf(section, "order", "allow", "deny")[0];
      if (require === undefined || old === undefined || isPerhaps(require, config) || isPerhaps(old, config)) return;
      report({
        ...nameOnly(old.origin),
        message: `Mixed access control: ${old.name} here and Require on ${placeOf(require.origin, old.origin)} must both let a request pass`,
        help: "say all of it with Require: `Require all granted`, `Require ip 10.0.0.0/8`",
        related: [{ origin: require.origin, message: "the newer way" }],
      });
    }),
});
