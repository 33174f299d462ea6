import { dialects } from "../../../grammar/dialect.ts";
import { isPerhaps } from "../conditional-lines.ts";
import { nameOnly } from "../places.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, placeOf } from "../sections.ts";
import { addressCover, addressText, virtualHosts, writtenAddress, type WrittenHost } from "../virtual-hosts.ts";

/** A host that is not the default of its address is only found by name, and then it has none but the main server's. */
export const serverNameMissing = defineRule({
  id: "server-name-missing",
  summary: "Every virtual host that is chosen by name has one",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => ({
    end() {
      const isNamed = addressCover(
        directivesOf(config.server, "namevirtualhost").flatMap(({ words }) => words.map(writtenAddress)),
      );
      const first = new Map<string, WrittenHost>();
      for (const host of virtualHosts(config)) {
        const { section, addresses, names } = host;
        if (section.origin === null || isPerhaps(section, config)) continue;
        const before = addresses.map((address) => first.get(addressText(address)));
        for (const address of addresses) if (!first.has(addressText(address))) first.set(addressText(address), host);
        const byName = config.dialect === "2.4" || addresses.every(isNamed);
        const [taken] = before;
        if (names.length > 0 || !byName || taken === undefined || before.includes(undefined)) continue;
        // A directory or address may stand in for the name, and mod_macro's text has it elsewhere.
        if (taken === host || directivesOf(section, "serverpath").length > 0 || taken.section.origin === null) continue;
        report({
          ...nameOnly(section.origin),
          message: `Unreachable virtual host: it has no ServerName, and ${placeOf(taken.section.origin, section.origin)} is the default of its address`,
          help: "add `ServerName`",
          related: [{ origin: taken.section.origin, message: "answers unknown names" }],
        });
      }
    },
  }),
});
