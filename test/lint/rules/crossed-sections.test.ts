import { crossedSections } from "../../../src/lint/rules/crossed-sections.ts";
import { testRule } from "../test-rule.ts";

testRule(crossedSections, {
  accept: {
    "nested ones": "<VirtualHost 10.0.0.1>\n<Directory /x>\n</Directory>\n</VirtualHost>\n",
    "a crossing IfModule in 1.3": {
      config: "<IfModule mod_alias.c>\n<VirtualHost 10.0.0.1>\n</IfModule>\n</VirtualHost>\n",
      dialect: "1.3",
    },
  },
  reject: {
    "crossed ones": {
      config: "<VirtualHost 10.0.0.1>\n<Directory /x>\n</VirtualHost>\n</Directory>\n",
      findings: ["3:1 Expected </Directory> but saw </VirtualHost>"],
      fatal: true,
    },
  },
});
