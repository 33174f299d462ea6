import { statsHostName } from "../../../src/lint/rules/stats-host-name.ts";
import { testRule } from "../test-rule.ts";

testRule(statsHostName, {
  accept: {
    addresses: "MulticastStats 10.0.0.1:80 10.0.0.255:4445\n",
    "half an address, which is another rule's": "MulticastStats 10.0.0:4445\n",
  },
  reject: {
    names: {
      config: "MulticastStats front back.example:4445\n",
      findings: ['1:16 Host name "front" in MulticastStats', '1:22 Host name "back.example" in MulticastStats'],
    },
  },
});
