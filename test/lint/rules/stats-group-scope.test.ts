import { statsGroupScope } from "../../../src/lint/rules/stats-group-scope.ts";
import { testRule } from "../test-rule.ts";

testRule(statsGroupScope, {
  accept: {
    "a private group": "MulticastStats 239.1.2.3:4445,8\n",
    "a broadcast": "MulticastStats 10.0.0.255:4445\n",
  },
  reject: {
    "a public group": {
      config: "MulticastStats 225.1.2.3:4445,8\n",
      findings: ['1:16 Public multicast group "225.1.2.3"'],
    },
    "a group of routing protocols": {
      config: "MulticastStats 10.0.0.1 224.0.0.5:4445,1\n",
      findings: ['1:25 Reserved multicast group "224.0.0.5": 224.0.0.0/24 belongs to routing protocols'],
    },
  },
});
