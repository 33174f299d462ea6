import { dialects } from "../../../grammar/dialect.ts";
import { nameOnly } from "../places.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, lastOf } from "../sections.ts";

/** httpd then speaks plain HTTP on the port of TLS. */
export const sslEngineMissing = defineRule({
  id: "ssl-engine-missing",
  summary: "A virtual host with a certificate has SSLEngine on",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => ({
    section(section) {
      if (section.key !== "virtualhost") return;
      const certificate = lastOf(section, "sslcertificatefile");
      if (certificate === undefined) return;
      const switches = ["sslengine", "sslenable", "ssldisable"];
      if (directivesOf(section, ...switches).length > 0 || directivesOf(config.server, ...switches).length > 0) return;
      if (config.problems.some(({ kind }) => kind === "missing-include")) return;
      report({
        ...nameOnly(certificate.origin),
        message: "Unused certificate: without SSLEngine this virtual host speaks plain HTTP",
        help: "add `SSLEngine on`",
      });
    },
  }),
});
