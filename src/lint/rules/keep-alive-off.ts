import type { ActiveDirective } from "../../config/active-config.ts";
import { nameOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

/** Balancers keep connections to the servers that announce themselves; a server that closes each makes new ones of them. */
export const keepAliveOff = defineRule({
  id: "keep-alive-off",
  summary: "Servers that announce themselves keep connections open",
  category: "performance",
  severity: "info",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ report }) => {
    let off: ActiveDirective | undefined;
    let announces: ActiveDirective | undefined;
    let pools = true;
    return {
      directives: ["keepalive", "multicaststats", "broadcaststats", "backhandconnectionpools"],
      directive(directive) {
        const { key } = directive;
        const value = directive.words[0]?.value.toLowerCase();
        // 1.3 also takes 0, from the days when it was a number.
        if (key === "keepalive") off = value === "off" || value === "0" ? directive : undefined;
        if (key === "multicaststats" || key === "broadcaststats") announces ??= directive;
        if (key === "backhandconnectionpools") pools = value !== "off";
      },
      end() {
        if (off === undefined || announces === undefined || !pools) return;
        report({
          ...nameOnly(off.origin),
          message: "KeepAlive Off: each balanced request makes a new connection",
          help: "write `KeepAlive On`, or `BackhandConnectionPools Off` on the balancers",
          related: [{ origin: announces.origin, message: "announces itself here" }],
        });
      },
    };
  },
});
