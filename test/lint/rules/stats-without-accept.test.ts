import { statsWithoutAccept } from "../../../src/lint/rules/stats-without-accept.ts";
import { testRule } from "../test-rule.ts";

testRule(statsWithoutAccept, {
  accept: {
    both: "AcceptStats 10.0.0.0/24\nMulticastStats 239.1.2.3:4445,1\n",
    neither: "Listen 80\n",
  },
  reject: {
    "only MulticastStats": {
      config: "MulticastStats 239.1.2.3:4445,1\nMulticastStats 239.1.2.4:4445,1\n",
      findings: ["1:1 Missing AcceptStats: MulticastStats announces this server, but no other is listened to"],
    },
  },
});
