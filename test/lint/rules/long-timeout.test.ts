import { longTimeout } from "../../../src/lint/rules/long-timeout.ts";
import { testRule } from "../test-rule.ts";

testRule(longTimeout, {
  accept: { "the old defaults": "Timeout 300\nKeepAliveTimeout 15\n", milliseconds: "KeepAliveTimeout 500ms\n" },
  reject: {
    "long ones": {
      config: "Timeout 3600\nKeepAliveTimeout 300\n",
      findings: [
        "1:1 Long Timeout: a client that does nothing holds a worker for 3600 seconds",
        "2:1 Long KeepAliveTimeout: a client that does nothing holds a worker for 300 seconds",
      ],
    },
  },
});
