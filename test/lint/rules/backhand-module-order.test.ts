import { backhandModuleOrder } from "../../../src/lint/rules/backhand-module-order.ts";
import { testRule } from "../test-rule.ts";

testRule(backhandModuleOrder, {
  accept: {
    "the first after ClearModuleList": "ClearModuleList\nAddModule mod_backhand.c\nAddModule mod_so.c\n",
    "no ClearModuleList and no other": "AddModule mod_backhand.c\n",
    "Apache's own modules before it, without ClearModuleList": "AddModule mod_alias.c\nAddModule mod_backhand.c\n",
    "what was added before ClearModuleList": "AddModule mod_php4.c\nClearModuleList\nAddModule mod_backhand.c\n",
  },
  reject: {
    "another one first": {
      config: "ClearModuleList\nAddModule mod_so.c\nAddModule mod_backhand.c\n",
      findings: ["3:11 Late AddModule mod_backhand.c"],
    },
    "a third party's first, without ClearModuleList": {
      config: "AddModule mod_php4.c\nAddModule mod_backhand.c\n",
      findings: ["2:11 Late AddModule mod_backhand.c"],
    },
  },
});
