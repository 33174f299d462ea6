import { unclosedSection } from "../../../src/lint/rules/unclosed-section.ts";
import { testRule } from "../test-rule.ts";

const halves =
  "<Macro open $p>\n<Location $p>\n</Macro>\n<Macro shut>\n</Location>\n</Macro>\n<Macro fi>\n</IfModule>\n</Macro>\n<Macro if>\n<IfModule core.c>\n</Macro>\n";

testRule(unclosedSection, {
  accept: {
    "a closed section": "<Directory /x>\n</Directory>\n",
    "a section that one macro opens and another closes": `${halves}Use open /x\nRequire all granted\nUse shut\n`,
    "a conditional of the file that a macro closes": `${halves}<IfModule core.c>\nListen 80\nUse fi\nListen 81\n`,
    "half a section in a macro that nobody uses": halves,
    "a conditional that nobody reads": "<IfModule nope.c>\n<IfDefine X>\n</IfDefine>\n</IfModule>\n",
  },
  reject: {
    "a section that a macro opens and nothing closes": {
      config: `${halves}Use open /x\n`,
      findings: ["2:1 <Location> is not closed"],
      fatal: true,
    },
    "a true conditional that a macro opens": {
      config: `${halves}Use if\nListen 80\n`,
      findings: ["11:2 <IfModule> is not closed; httpd forgives it at the end of a file"],
    },
    "a macro whose tags fit nowhere": {
      config: "<Macro M>\n<Location /x>\n</Directory>\n</Macro>\n",
      findings: ["2:1 <Location> is not closed"],
    },
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
