import { unknownModuleName } from "../../../src/lint/rules/unknown-module-name.ts";
import { testRule } from "../test-rule.ts";

testRule(unknownModuleName, {
  accept: {
    "source files and identifiers": "<IfModule mod_ssl.c>\n</IfModule>\n<IfModule ssl_module>\n</IfModule>\n",
    "modules of others": "<IfModule mod_frobnicate.c>\n</IfModule>\n",
    "modules of another httpd": "<IfModule mod_access.c>\n</IfModule>\n",
    "known ones that are not loaded": "LoadModule alias_module m.so\n<IfModule mod_ssl.c>\n</IfModule>\n",
  },
  reject: {
    "a shared object": {
      config: "<IfModule mod_ssl.so>\n</IfModule>\n",
      findings: ['1:11 Dead branch: no module is called "mod_ssl.so"'],
      fixedUnsafely: "<IfModule mod_ssl.c>\n</IfModule>\n",
    },
    "no ending": {
      config: "<IfModule !mod_rewrite>\n</IfModule>\n",
      findings: ['1:12 Branch that is always read: no module is called "mod_rewrite"'],
      fixedUnsafely: "<IfModule !mod_rewrite.c>\n</IfModule>\n",
    },
    "a slip": {
      config: "<IfModule mod_rewrit.c>\n</IfModule>\n",
      findings: ['1:11 Dead branch: no module is called "mod_rewrit.c"'],
    },
  },
});
