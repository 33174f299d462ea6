import { dialects } from "../../../grammar/dialect.ts";
import { isRestricted } from "../access-rules.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

/** Handlers that tell of the server itself, and what they tell. */
const HANDLERS: ReadonlyMap<string, string> = new Map([
  ["server-status", "requests, clients and their URLs"],
  ["server-info", "the whole configuration"],
  ["ldap-status", "the LDAP cache"],
  ["balancer-manager", "and change the balancer's members"],
  ["perl-status", "the Perl interpreter's insides"],
]);

export const serverPageOpen = defineRule({
  id: "server-page-open",
  summary: "Pages about the server itself are not for everybody",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => ({
    directives: ["sethandler"],
    directive(directive) {
      const [handler] = directive.words;
      const told = HANDLERS.get(handler?.value.toLowerCase() ?? "");
      if (directive.key !== "sethandler" || directive.spec === null || told === undefined) return;
      // In a piece of a configuration, the server around it may say who may come.
      if (directive.parent.key === "server" || isRestricted(directive.parent)) return;
      report({
        ...wordOnly(directive, handler),
        message: `Open ${quote(handler?.value ?? "")}: everybody may see ${told}`,
        help:
          config.dialect === "2.4"
            ? "add `Require local` or `Require ip` your network"
            : "add `Order deny,allow`, `Deny from all` and `Allow from` your network",
      });
    },
  }),
});
