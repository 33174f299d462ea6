import { isPerhaps } from "../conditional-lines.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { placeOf } from "../sections.ts";
import { virtualHosts, type WrittenHost } from "../virtual-hosts.ts";

/** 1.3 and 2.2 http_vhost.c/vhost.c keep both in one list of defaults and take the first with a fitting port. */
export const defaultHostOverlap = defineRule({
  id: "default-host-overlap",
  summary: "No port has virtual hosts on * and on _default_",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3", "2.0", "2.2"],
  create: ({ config, report }) => ({
    end() {
      const stars = new Map<number | null, WrittenHost>();
      const hosts = virtualHosts(config).filter(({ section }) => !isPerhaps(section, config));
      for (const host of hosts) {
        for (const { host: name, port } of host.addresses) if (name === "*" && !stars.has(port)) stars.set(port, host);
      }
      for (const { section, addresses } of hosts) {
        for (const { host: name, port, word } of addresses) {
          const star = stars.get(port);
          if (name !== "_default_" || star === undefined || star.section === section) continue;
          if (section.origin === null || star.section.origin === null) continue;
          report({
            ...wordOnly(section, word),
            message: `Overlapping virtual hosts: ${quote(word.value)} and the host of ${placeOf(star.section.origin, section.origin)} are for the same connections, and only one of them answers`,
            help: "write both with `*` and a NameVirtualHost, or give one an address of its own",
            related: [{ origin: star.section.origin, message: "the other one" }],
          });
        }
      }
    },
  }),
});
