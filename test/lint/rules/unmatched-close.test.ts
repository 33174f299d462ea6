import { unmatchedClose } from "../../../src/lint/rules/unmatched-close.ts";
import { testRule } from "../test-rule.ts";

testRule(unmatchedClose, {
  accept: {
    "a pair": "<Directory /x>\n</Directory>\n",
    "a stray IfModule in 1.3": { config: "</IfModule>\n", dialect: "1.3" },
  },
  reject: {
    "a stray tag": {
      config: "</Directory>\n",
      findings: ["1:1 </Directory> closes nothing: no such section is open"],
      fatal: true,
    },
    "a stray IfModule in 2.4": {
      config: "</IfModule>\n",
      findings: ["1:1 </IfModule> closes nothing: no such section is open"],
      fatal: true,
    },
    "a slip in the name": {
      config: "<VirtualHost *:80>\n<Directory /x>\n</Directroy>\n</VirtualHost>\n",
      findings: ["3:1 </Directroy> closes nothing: no such section is open"],
      fatal: true,
      fixed: "<VirtualHost *:80>\n<Directory /x>\n</Directory>\n</VirtualHost>\n",
    },
    "a slip in the name of a conditional, whose end 2.4 does not ask for": {
      config: "<IfModule mod_alias.c>\nAlias /a /b\n</IfMdoule>\n",
      findings: ["3:1 </IfMdoule> closes nothing: no such section is open"],
      fatal: true,
      fixed: "<IfModule mod_alias.c>\nAlias /a /b\n</IfModule>\n",
    },
    "a slip in the name, in 1.3": {
      config: "<VirtualHost 10.0.0.1>\n<Directory /x>\n</Directroy>\n</VirtualHost>\n",
      dialect: "1.3",
      findings: ["3:1 </Directroy> closes nothing: <Directory> is open here"],
      fatal: true,
      fixed: "<VirtualHost 10.0.0.1>\n<Directory /x>\n</Directory>\n</VirtualHost>\n",
    },
  },
});
