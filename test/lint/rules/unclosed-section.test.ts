import { unclosedSection } from "../../../src/lint/rules/unclosed-section.ts";
import { testRule } from "../test-rule.ts";

testRule(unclosedSection, {
  accept: {
    "a closed section": "<Directory /x>\n</Directory>\n",
    "a conditional that nobody reads": "<IfModule nope.c>\n<IfDefine X>\n</IfDefine>\n</IfModule>\n",
  },
  reject: {
    "an open section": { config: "<Directory /x>\n", findings: ["1:1 <Directory> is not closed"], fatal: true },
    "a true conditional at the end of a file": {
      config: "<IfModule core.c>\nListen 80\n",
      findings: ["1:2 <IfModule> is not closed; httpd forgives it at the end of a file"],
    },
    "a true conditional, in 1.3": {
      config: "<IfModule http_core.c>\nListen 80\n",
      findings: ["1:2 <IfModule> is not closed; httpd forgives it at the end of a file"],
      dialect: "1.3",
    },
    "read as 1.3": {
      config: "<VirtualHost 10.0.0.1>\n",
      findings: ["1:1 <VirtualHost> is not closed; httpd misses </VirtualHost> at the end of the file"],
      fatal: true,
      dialect: "1.3",
    },
  },
});
