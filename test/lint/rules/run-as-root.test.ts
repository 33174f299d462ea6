import { runAsRoot } from "../../../src/lint/rules/run-as-root.ts";
import { testRule } from "../test-rule.ts";

testRule(runAsRoot, {
  accept: { "an account of its own": "User www-data\n", "a number": "User #33\n" },
  reject: {
    root: {
      config: "User root\n",
      findings: ['1:1 Dangerous User "root": every fault of httpd or a script has all rights'],
    },
    "root by number": {
      config: "User #0\n",
      dialect: "1.3",
      findings: ['1:1 Dangerous User "#0": every fault of httpd or a script has all rights'],
    },
  },
});
