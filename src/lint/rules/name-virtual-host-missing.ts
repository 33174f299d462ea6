import { nameOnly } from "../places.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, isWholeServer, placeOf } from "../sections.ts";
import { isPerhaps } from "../conditional-lines.ts";
import { addressCover, addressText, virtualHosts, writtenAddress, type WrittenHost } from "../virtual-hosts.ts";

/** Before 2.4 hosts share an address by name only where NameVirtualHost says so; else the first one answers for all. */
export const nameVirtualHostMissing = defineRule({
  id: "name-virtual-host-missing",
  summary: "Virtual hosts that share an address have a NameVirtualHost",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3", "2.0", "2.2"],
  create: ({ config, report }) => ({
    end() {
      const isNamed = addressCover(
        directivesOf(config.server, "namevirtualhost").flatMap(({ words }) => words.map(writtenAddress)),
      );
      const first = new Map<string, WrittenHost>();
      for (const host of virtualHosts(config)) {
        const { section, addresses } = host;
        if (section.origin === null || isPerhaps(section, config)) continue;
        for (const address of addresses) {
          const text = addressText(address);
          const before = first.get(text);
          if (before === undefined) first.set(text, host);
          if (before === undefined || before === host || before.section.origin === null) continue;
          if (isNamed(address)) continue;
          report({
            ...nameOnly(section.origin),
            message: `Unreachable virtual host: ${placeOf(before.section.origin, section.origin)} has the address ${address.word.value} too, and there is no NameVirtualHost`,
            // In a piece of a configuration, the file that includes it may have the line.
            ...(isWholeServer(config) ? {} : { severity: "info" as const }),
            help: `write \`NameVirtualHost ${address.word.value}\` before them`,
            related: [{ origin: before.section.origin, message: "answers for all names" }],
          });
          break;
        }
      }
    },
  }),
});
