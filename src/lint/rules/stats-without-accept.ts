import type { ActiveDirective } from "../../config/active-config.ts";
import { nameOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

/** Nothing is accepted unless AcceptStats names its source, not even the server's own packets. */
export const statsWithoutAccept = defineRule({
  id: "stats-without-accept",
  summary: "A server that announces itself accepts the statistics of others",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ report }) => {
    let announces: ActiveDirective | undefined;
    let accepts: ActiveDirective | undefined;
    return {
      directives: ["multicaststats", "broadcaststats", "acceptstats"],
      directive(directive) {
        if (directive.key === "multicaststats" || directive.key === "broadcaststats") announces ??= directive;
        if (directive.key === "acceptstats") accepts ??= directive;
      },
      end() {
        if (announces === undefined || accepts !== undefined) return;
        const message = `Missing AcceptStats: ${announces.name} announces this server, but no other is listened to`;
        report({ ...nameOnly(announces.origin), message, help: "add `AcceptStats` with the network of the servers" });
      },
    };
  },
});
