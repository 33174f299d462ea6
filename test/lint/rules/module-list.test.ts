import { moduleList } from "../../../src/lint/rules/module-list.ts";
import { testRule } from "../test-rule.ts";

testRule(moduleList, {
  accept: {
    "a module that is there": { config: "ClearModuleList\nAddModule mod_alias.c\n", dialect: "1.3" },
  },
  reject: {
    "a module that is not": {
      config: "AddModule mod_nope.c\n",
      findings: ["1:11 Cannot add module mod_nope.c: it is neither built in nor loaded"],
      fatal: true,
      dialect: "1.3",
    },
    "one that is in the list": {
      config: "AddModule mod_alias.c\n",
      findings: ["1:11 Module mod_alias.c is already active; httpd skips it with a warning"],
      dialect: "1.3",
    },
  },
});
