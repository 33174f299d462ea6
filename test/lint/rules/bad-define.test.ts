import { badDefine } from "../../../src/lint/rules/bad-define.ts";
import { testRule } from "../test-rule.ts";

testRule(badDefine, {
  accept: {
    "a variable": "Define a b\n",
  },
  reject: {
    "a colon": { config: "Define a:b c\n", findings: ["1:8 Variable name a:b must not contain ':'"], fatal: true },
  },
});
