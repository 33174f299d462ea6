import { badMacro } from "../../../src/lint/rules/bad-macro.ts";
import { testRule } from "../test-rule.ts";

testRule(badMacro, {
  accept: {
    "a macro with its arguments": "<Macro M $a>\nServerName $a\n</Macro>\nUse M x\n",
  },
  reject: {
    "too few": {
      config: "<Macro M $a>\nServerName $a\n</Macro>\nUse M\n",
      findings: ["4:5 Macro 'M' takes 1 arguments, not 0"],
      fatal: true,
    },
  },
});
