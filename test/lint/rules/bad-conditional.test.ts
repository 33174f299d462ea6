import { badConditional } from "../../../src/lint/rules/bad-conditional.ts";
import { testRule } from "../test-rule.ts";

testRule(badConditional, {
  accept: {
    "a name": "<IfModule mod_alias.c>\n</IfModule>\n",
    "quotes in 2.4": '<IfModule "mod_alias.c">\n</IfModule>\n',
  },
  reject: {
    "quotes in 1.3": {
      config: '<IfModule "mod_alias.c">\n</IfModule>\n',
      findings: ["1:1 <IfModule> takes one argument, the bracket included"],
      fatal: true,
      dialect: "1.3",
      fixed: "<IfModule mod_alias.c>\n</IfModule>\n",
    },
    "a blank in 1.3": {
      config: "<IfModule !mod_alias.c >\n</IfModule>\n",
      findings: ["1:1 <IfModule> takes one argument, the bracket included"],
      fatal: true,
      dialect: "1.3",
      fixed: "<IfModule !mod_alias.c>\n</IfModule>\n",
    },
  },
});
