import { traceEnabled } from "../../../src/lint/rules/trace-enabled.ts";
import { testRule } from "../test-rule.ts";

testRule(traceEnabled, {
  accept: { off: "TraceEnable Off\n", "nothing said": "ServerName a\n" },
  reject: {
    on: {
      config: "TraceEnable On\n",
      findings: ["1:1 Enabled TRACE: the answer repeats the request, its cookies and what proxies added"],
    },
  },
});
