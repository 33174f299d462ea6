import { keepAliveOff } from "../../../src/lint/rules/keep-alive-off.ts";
import { testRule } from "../test-rule.ts";

testRule(keepAliveOff, {
  accept: {
    "KeepAlive On": "KeepAlive On\nMulticastStats 239.1.2.3:4445,1\n",
    "the last line counts": "KeepAlive Off\nKeepAlive On\nMulticastStats 239.1.2.3:4445,1\n",
    "no pools": "KeepAlive Off\nMulticastStats 239.1.2.3:4445,1\nBackhandConnectionPools Off\n",
    "a server of its own": "KeepAlive Off\n",
  },
  reject: {
    "connections that are closed": {
      config: "KeepAlive Off\nMulticastStats 239.1.2.3:4445,1\n",
      findings: ["1:1 KeepAlive Off: each balanced request makes a new connection"],
    },
  },
});
