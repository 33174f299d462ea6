import { wordOnly } from "../places.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, everySection, firstWord, lastOf } from "../sections.ts";

/** httpd -t says nothing; the server stops when it starts (AH01895 and its like). */
export const sslCertificateMissing = defineRule({
  id: "ssl-certificate-missing",
  summary: "A server with SSLEngine on has a certificate",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects: ["2.0", "2.2", "2.4"],
  create: ({ config, report }) => {
    // mod_md brings certificates of its own.
    const managed = config.server.children.some(({ key }) => /^(?:mdomain|mdomainset|mdcertificatefile)$/.test(key));
    return everySection(config, (section) => {
      const engine = lastOf(section, "sslengine");
      if (engine === undefined || firstWord(engine).toLowerCase() !== "on" || managed) return;
      // A main server that only sets it for its hosts.
      if (section.key === "server" && config.server.children.some((node) => node.key === "virtualhost")) return;
      const has = (key: string): boolean =>
        directivesOf(section, key).length > 0 || directivesOf(config.server, key).length > 0;
      if (has("sslcertificatefile") || has("sslpolicy")) return;
      if (config.problems.some(({ kind }) => kind === "missing-include")) return;
      report({
        ...wordOnly(engine, undefined),
        message: "No certificate: SSLEngine is on, and nothing names an SSLCertificateFile",
        help: "add SSLCertificateFile (and SSLCertificateKeyFile), or httpd stops when it starts",
      });
    });
  },
});
