import { broadcastStats } from "../../../src/lint/rules/broadcast-stats.ts";
import { testRule } from "../test-rule.ts";

testRule(broadcastStats, {
  accept: {
    MulticastStats: "MulticastStats 10.0.0.255:4445\n",
  },
  reject: {
    BroadcastStats: {
      config: "  broadcastStats 10.0.0.1 10.0.0.255:4445\n",
      findings: ['1:3 Deprecated directive "broadcastStats"'],
      fixed: "  MulticastStats 10.0.0.1 10.0.0.255:4445\n",
    },
  },
});
