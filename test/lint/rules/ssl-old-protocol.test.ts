import { sslOldProtocol } from "../../../src/lint/rules/ssl-old-protocol.ts";
import { testRule } from "../test-rule.ts";

testRule(sslOldProtocol, {
  accept: {
    "today's": "SSLProtocol -all +TLSv1.2 +TLSv1.3\n",
    "all without the old": "SSLProtocol all -SSLv3 -TLSv1 -TLSv1.1\n",
    "switched on and off": "SSLProtocol +SSLv3 -SSLv3 +TLSv1.2\n",
  },
  reject: {
    "broken and deprecated ones": {
      config: "SSLProtocol +SSLv3 +TLSv1 +TLSv1.2\n",
      findings: ['1:13 Broken protocol "+SSLv3"', '1:20 Deprecated protocol "+TLSv1"'],
    },
    "without signs": { config: "SSLProtocol SSLv2\n", dialect: "2.2", findings: ['1:13 Broken protocol "SSLv2"'] },
  },
});
