import type { ActiveDirective } from "../../config/active-config.ts";
import { fromWiki } from "../wiki/page.ts";
import { nameOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

/** The servers' processes share what they hear through a socket in this directory. */
export const unixSocketDir = defineRule({
  id: "unix-socket-dir",
  summary: "UnixSocketDir is set where mod_backhand is used",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ config, report }) => {
    let uses: ActiveDirective | undefined;
    let isSet = false;
    return {
      directives: ["unixsocketdir", "backhand", "backhandfromso", "multicaststats", "broadcaststats"],
      directive(directive) {
        if (directive.key === "unixsocketdir") isSet = true;
        if (["backhand", "backhandfromso", "multicaststats", "broadcaststats"].includes(directive.key)) {
          uses ??= directive;
        }
      },
      end() {
        if (uses === undefined || isSet || fromWiki(config)) return;
        const help = "add `UnixSocketDir` with a local directory that the server's user may write to";
        report({ ...nameOnly(uses.origin), message: "Missing UnixSocketDir", help });
      },
    };
  },
});
