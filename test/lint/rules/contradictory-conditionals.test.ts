import { contradictoryConditionals } from "../../../src/lint/rules/contradictory-conditionals.ts";
import { testRule } from "../test-rule.ts";

testRule(contradictoryConditionals, {
  accept: {
    "one behind the other": "<IfModule a.c>\n</IfModule>\n<IfModule !a.c>\n</IfModule>\n",
    "other modules": "<IfModule a.c>\n<IfModule !b.c>\n</IfModule>\n</IfModule>\n",
    "a module and a define of one name": "<IfModule a>\n<IfDefine !a>\n</IfDefine>\n</IfModule>\n",
    "a module that is loaded between them":
      "<IfModule !mod_ssl.c>\nLoadModule ssl_module modules/mod_ssl.so\n<IfModule mod_ssl.c>\n</IfModule>\n</IfModule>\n",
    "a name that is defined between them": "<IfDefine !A>\nDefine A\n<IfDefine A>\n</IfDefine>\n</IfDefine>\n",
    "the same twice": "<IfModule a.c>\n<IfModule a.c>\n</IfModule>\n</IfModule>\n",
    "stray ends": "</IfModule>\n<IfModule !a.c>\n</IfModule>\n",
  },
  reject: {
    "a module": {
      config: "<IfModule mod_ssl.c>\n  <IfModule !mod_ssl.c>\n  </IfModule>\n</IfModule>\n",
      findings: ['2:4 Contradictory condition "!mod_ssl.c": line 1, around it, asks for the opposite'],
    },
    "a module under both its names, with a section between": {
      config: "<IfModule !ssl_module>\n<Directory /a>\n<ifmodule mod_ssl.c>\n</ifmodule>\n</Directory>\n</IfModule>\n",
      findings: ['3:2 Contradictory condition "mod_ssl.c": line 1, around it, asks for the opposite'],
    },
    "a define, in 1.3": {
      config: "<IfDefine SSL>\n<IfDefine !SSL>\n</IfDefine>\n</IfDefine>\n",
      dialect: "1.3",
      findings: ['2:2 Contradictory condition "!SSL": line 1, around it, asks for the opposite'],
    },
    "the next one, when a line before it changed the list": {
      config: "<IfModule a.c>\nDefine x\n<IfModule b.c>\n<IfModule !b.c>\n</IfModule>\n</IfModule>\n</IfModule>\n",
      findings: ['4:2 Contradictory condition "!b.c": line 3, around it, asks for the opposite'],
    },
  },
});
