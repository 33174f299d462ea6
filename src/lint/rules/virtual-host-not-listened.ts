import { dialects } from "../../../grammar/dialect.ts";
import { isPerhaps } from "../conditional-lines.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { directivesOf } from "../sections.ts";
import { virtualHosts, writtenAddress } from "../virtual-hosts.ts";

/** A virtual host opens no port: only Listen does (and Port in 1.3, where there is no Listen). */
export const virtualHostNotListened = defineRule({
  id: "virtual-host-not-listened",
  summary: "The ports of virtual hosts are listened to",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => ({
    end() {
      const listen = directivesOf(config.server, "listen");
      const lines = listen.length > 0 || config.dialect !== "1.3" ? listen : directivesOf(config.server, "port");
      const sockets = lines.flatMap(({ words }) => words.slice(0, 1).map(writtenAddress));
      // A piece of a configuration, or a port that a build or a variable gives.
      const ports = new Set(sockets.map(({ port }) => port));
      if (ports.size === 0 || ports.has(null)) return;
      if (config.problems.some(({ kind }) => kind === "missing-include" || kind === "undefined-variable")) return;
      for (const { section, addresses } of virtualHosts(config)) {
        if (isPerhaps(section, config)) continue;
        for (const { host, port, word } of addresses) {
          if (port === null || ports.has(port)) continue;
          report({
            ...wordOnly(section, word),
            message: `Unreachable virtual host: nothing listens to port ${port} of ${quote(word.value)}`,
            help: `add \`Listen ${host === "*" || host === "_default_" || !/^[\d.[]/.test(host) ? "" : `${host}:`}${port}\``,
          });
        }
      }
    },
  }),
});
