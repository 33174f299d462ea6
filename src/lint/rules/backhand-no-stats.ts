import { pipelinesOf } from "../pipelines.ts";
import { fromWiki } from "../wiki/page.ts";
import { nameOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

/**
 * Without statistics no server knows of another, and every request stays here. That is complete for httpd, and may be meant
 * while a cluster is being set up.
 */
export const backhandNoStats = defineRule({
  id: "backhand-no-stats",
  summary: "Candidacy functions have servers to choose from",
  category: "backhand",
  severity: "info",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ config, report }) => {
    let heard = false;
    return {
      directives: ["multicaststats", "broadcaststats", "acceptstats", "backhandstatsbus"],
      directive({ key }) {
        heard ||= ["multicaststats", "broadcaststats", "acceptstats", "backhandstatsbus"].includes(key);
      },
      end() {
        const balanced = pipelinesOf(config).find(
          ({ steps }) => !steps.some(({ definition }) => definition?.effect === "stop"),
        );
        if (heard || balanced === undefined || fromWiki(config)) return;
        const message = "Missing MulticastStats and AcceptStats: no other server is ever heard of";
        const help =
          "every request is served here until `MulticastStats address:port,ttl` and `AcceptStats network` are there";
        report({ ...nameOnly(balanced.steps[0].directive.origin), message, help });
      },
    };
  },
});
