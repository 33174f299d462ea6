import { deadBranch } from "../../../src/lint/rules/dead-branch.ts";
import { testRule } from "../test-rule.ts";

testRule(deadBranch, {
  accept: {
    "what is true": "Define A\n<IfDefine A>\n</IfDefine>\n<IfModule mod_alias.c>\n</IfModule>\n",
    "what stands in a dead one": "<IfDefine A>\n# c\n</IfDefine>\n".replace("<IfDefine A>", "<IfDefine !A>"),
  },
  reject: {
    "what nothing defines": {
      config: "<IfDefine A>\n<IfDefine B>\n</IfDefine>\n</IfDefine>\n",
      findings: ['1:2 Dead branch: "A": is not defined'],
    },
    "what a line decides": {
      config:
        "LoadModule alias_module modules/mod_alias.so\nDefine A\n<IfModule !mod_alias.c>\n</IfModule>\n<IfDefine !A>\n</IfDefine>\n",
      findings: ['3:2 Dead branch: "mod_alias.c": is loaded, line 1', '5:2 Dead branch: "A": is defined, line 2'],
    },
    "a module that is not there": {
      config: "ClearModuleList\n<IfModule mod_alias.c>\n</IfModule>\n",
      dialect: "1.3",
      findings: ['2:2 Dead branch: "mod_alias.c": is not loaded'],
    },
    "a version": { config: "<IfVersion < 2.2>\n</IfVersion>\n", findings: ['1:2 Dead branch: "< 2.2": this is false'] },
  },
});
