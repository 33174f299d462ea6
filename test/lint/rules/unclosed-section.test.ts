import { unclosedSection } from "../../../src/lint/rules/unclosed-section.ts";
import { testRule } from "../test-rule.ts";

testRule(unclosedSection, {
  accept: {
    "a closed section": "<Directory /x>\n</Directory>\n",
    "a true IfModule at the end of a file": "<IfModule core.c>\nListen 80\n",
  },
  reject: {
    "an open section": { config: "<Directory /x>\n", findings: ["1:1 <Directory> is not closed"], fatal: true },
    "read as 1.3": {
      config: "<VirtualHost 10.0.0.1>\n",
      findings: ["1:1 <VirtualHost> is not closed; httpd misses </VirtualHost> at the end of the file"],
      fatal: true,
      dialect: "1.3",
    },
  },
});
