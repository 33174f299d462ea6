import { backhandSelfRedirect } from "../../../src/lint/rules/backhand-self-redirect.ts";
import { testRule } from "../test-rule.ts";

testRule(backhandSelfRedirect, {
  accept: {
    "another address is advertised": "BackhandSelfRedirect On\nMulticastStats 10.0.0.1:8080 239.1.2.3:4445,1\n",
    "it is off": "BackhandSelfRedirect Off\nMulticastStats 239.1.2.3:4445,1\n",
  },
  reject: {
    "its own address is advertised": {
      config: "MulticastStats 239.1.2.3:4445,1\nBackhandSelfRedirect on\n",
      findings: ["2:1 Circular BackhandSelfRedirect: the address that this server advertises is its own"],
    },
  },
});
