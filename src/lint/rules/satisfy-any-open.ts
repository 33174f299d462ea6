import { dialects } from "../../../grammar/dialect.ts";
import { deniesAll, grantsAll, orderOf } from "../access-rules.ts";
import { wholeLine } from "../places.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, everySection, firstWord } from "../sections.ts";

/** With Satisfy any one of both is enough, and an address is asked before a password. */
export const satisfyAnyOpen = defineRule({
  id: "satisfy-any-open",
  summary: "Satisfy any does not let everybody past the password",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) =>
    everySection(config, (section) => {
      const satisfy = directivesOf(section, "satisfy").find((one) => firstWord(one).toLowerCase() === "any");
      const passwords = directivesOf(section, "require").filter((one) => !grantsAll(one));
      if (satisfy === undefined || passwords.length === 0) return;
      const lines = directivesOf(section, "allow", "deny");
      const open = lines.some(grantsAll);
      const closed = orderOf(section) !== "deny,allow" && lines.some(deniesAll);
      // Without a line of its own the section has those of the folder above, which may keep somebody out.
      if (!open || closed) return;
      report({
        ...wholeLine(satisfy.origin),
        message: "Open section: `Satisfy any` with `Allow from all` asks nobody for a password",
        help: "write `Satisfy all`, or `Deny from all` and the networks that need no password",
      });
    }),
});
