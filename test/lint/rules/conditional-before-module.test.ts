import { conditionalBeforeModule } from "../../../src/lint/rules/conditional-before-module.ts";
import { testRule } from "../test-rule.ts";

testRule(conditionalBeforeModule, {
  accept: {
    "a module before": "LoadModule ssl_module m.so\n<IfModule mod_ssl.c>\n</IfModule>\n",
    "a module that never comes": "LoadModule alias_module m.so\n<IfModule mod_ssl.c>\n</IfModule>\n",
    "a default": "<IfDefine !PORT>\nDefine PORT 80\n</IfDefine>\n",
    "loading what is not there":
      "LoadModule alias_module m.so\n<IfModule !mod_ssl.c>\nLoadModule ssl_module m.so\n</IfModule>\n",
  },
  reject: {
    "a module that comes later": {
      config:
        "LoadModule alias_module m.so\n<IfModule mod_ssl.c>\nListen 443\n</IfModule>\nLoadModule ssl_module m.so\n",
      findings: ['2:2 Dead branch: "mod_ssl.c" is loaded only later, on line 5'],
    },
    "a name that comes later": {
      config: "<IfDefine TLS>\nListen 443\n</IfDefine>\nDefine TLS\n",
      findings: ['1:2 Dead branch: "TLS" is defined only later, on line 4'],
    },
  },
});
