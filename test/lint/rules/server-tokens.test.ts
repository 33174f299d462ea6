import { serverTokens } from "../../../src/lint/rules/server-tokens.ts";
import { testRule } from "../test-rule.ts";

testRule(serverTokens, {
  accept: { "the product": "ServerTokens Prod\n", "nothing said": "ServerName a\n" },
  reject: {
    everything: {
      config: "ServerTokens Full\n",
      findings: ['1:1 Talkative Server field: "Full" tells everybody the version'],
    },
  },
});
