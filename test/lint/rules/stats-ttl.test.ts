import { statsTtl } from "../../../src/lint/rules/stats-ttl.ts";
import { testRule } from "../test-rule.ts";

testRule(statsTtl, {
  accept: {
    "a group with a TTL": "MulticastStats 239.1.2.3:4445,1\n",
    "a broadcast without": "MulticastStats 10.0.0.255:4445\n",
    "a group without a port, which is another rule's": "MulticastStats 239.1.2.3\n",
  },
  reject: {
    "a group without": {
      config: "MulticastStats 239.1.2.3:4445\n",
      findings: ['1:16 Missing TTL for the multicast group "239.1.2.3"'],
      fixedUnsafely: "MulticastStats 239.1.2.3:4445,1\n",
    },
    "a group in quotes": {
      config: 'MulticastStats "239.1.2.3:4445"\n',
      findings: ['1:16 Missing TTL for the multicast group "239.1.2.3"'],
      fixedUnsafely: 'MulticastStats "239.1.2.3:4445,1"\n',
    },
    "a broadcast with one": {
      config: "MulticastStats 10.0.0.1 10.0.0.255:4445,1\n",
      findings: ['1:25 Useless TTL: "10.0.0.255" is no multicast group'],
      fixedUnsafely: "MulticastStats 10.0.0.1 10.0.0.255:4445\n",
    },
  },
});
