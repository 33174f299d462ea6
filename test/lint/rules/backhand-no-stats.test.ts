import { backhandNoStats } from "../../../src/lint/rules/backhand-no-stats.ts";
import { testRule } from "../test-rule.ts";

testRule(backhandNoStats, {
  accept: {
    statistics:
      "MulticastStats 239.255.1.1:4445,1\nAcceptStats 10.0.0.0/24\n<Location /a>\nBackhand byLoad\n</Location>\n",
    "nothing to balance": "Listen 80\n",
    "balancing switched off": "<Location /a>\nBackhand off\n</Location>\n",
  },
  reject: {
    "a choice of one": {
      config: "<Location /a>\nBackhand byAge\nBackhand byLoad\n</Location>\n",
      findings: ["2:1 Missing MulticastStats and AcceptStats: no other server is ever heard of"],
    },
  },
});
