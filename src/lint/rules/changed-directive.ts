import type { ActiveDirective } from "../../config/active-config.ts";
import { nameOnly } from "../places.ts";
import { defineRule } from "../rule.ts";
import { firstWord } from "../sections.ts";

/** What 2.4 makes of a line that older ones read in another way, or null; by the manual's upgrading guides. */
function change({ key, words, name }: ActiveDirective): { readonly message: string; readonly help: string } | null {
  const values = words.map(({ value }) => value.toLowerCase());
  switch (key) {
    case "order":
    case "allow":
    case "deny":
    case "satisfy":
      return {
        message: `${name} needs mod_access_compat in httpd 2.4, and does not mix well with Require`,
        help: values.includes("all")
          ? `write \`Require all ${key === "deny" ? "denied" : "granted"}\``
          : key === "allow"
            ? "write `Require ip`, `Require host` or `Require env`"
            : key === "order"
              ? "2.4 needs no order: Require lines say it all"
              : "write `<RequireAny>` or `<RequireAll>` around the Require lines",
      };
    case "maxclients":
      return { message: "MaxClients is called MaxRequestWorkers in httpd 2.4", help: "the old name still works" };
    case "maxrequestsperchild":
      return {
        message: "MaxRequestsPerChild is called MaxConnectionsPerChild in httpd 2.4",
        help: "the old name still works",
      };
    case "defaulttype":
      return values[0] === "none"
        ? null
        : {
            message: "DefaultType does nothing in httpd 2.4 but warn",
            help: "use AddType, ForceType or mod_mime_magic",
          };
    case "namevirtualhost":
      return { message: "NameVirtualHost does nothing in httpd 2.4 but warn", help: "take it out" };
    case "options":
      return values.some((one) => /^[+-]/.test(one)) && values.some((one) => !/^[+-]/.test(one))
        ? { message: "Options with and without signs stop httpd 2.4", help: "give all of them a sign, or none" }
        : null;
    case "sslciphersuite":
    case "sslprotocol":
      return values.some((one) => /^\+?sslv2$/.test(one))
        ? { message: "SSLv2 stops httpd 2.4", help: "write `SSLProtocol all -SSLv3`" }
        : null;
    default:
      return null;
  }
}

/** For those who move to 2.4: what it has, and reads in another way. Runs only when asked for. */
export const changedDirective = defineRule({
  id: "changed-directive",
  summary: "Directives mean in httpd 2.4 what they mean here",
  category: "migration",
  severity: "info",
  fixable: "no",
  dialects: ["1.3", "2.0", "2.2"],
  onlyOnRequest: true,
  create: ({ report }) => ({
    directive(directive) {
      if (directive.spec === null || firstWord(directive) === "") return;
      const found = change(directive);
      if (found !== null) report({ ...nameOnly(directive.origin), ...found });
    },
  }),
});
