import { dialects } from "../../../grammar/dialect.ts";
import { wholeLine } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, firstWord } from "../sections.ts";
import { addressCover, virtualHosts, writtenAddress } from "../virtual-hosts.ts";

/** httpd warns of it at its start ("NameVirtualHost … has no VirtualHosts"); in 2.4 the directive itself does nothing. */
export const nameVirtualHostUnused = defineRule({
  id: "name-virtual-host-unused",
  summary: "Each NameVirtualHost has its virtual hosts",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => ({
    end() {
      const hosts = virtualHosts(config);
      const isUsed = addressCover(hosts.flatMap(({ addresses }) => addresses));
      for (const directive of directivesOf(config.server, "namevirtualhost")) {
        const [word] = directive.words;
        if (word === undefined) continue;
        if (config.dialect === "2.4") {
          const message = "Useless NameVirtualHost: httpd 2.4 shares every address by name, and only warns of it";
          report({ ...wholeLine(directive.origin), message, severity: "info", help: "take it out" });
          continue;
        }
        const address = writtenAddress(word);
        if (isUsed(address)) continue;
        report({
          ...wholeLine(directive.origin),
          message: `Unused NameVirtualHost ${quote(firstWord(directive))}: no virtual host has this address`,
          // A piece of a configuration, or one that waits for its first host.
          ...(hosts.length === 0 ? { severity: "info" as const } : {}),
          help: "write the same text, port included, into <VirtualHost>",
        });
      }
    },
  }),
});
