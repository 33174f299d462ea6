import { wikiMarkup } from "../../../src/lint/rules/wiki-markup.ts";
import { testRule } from "../test-rule.ts";

// What the pages look like as a whole, and their repair, is in ../wiki.test.ts.
testRule(wikiMarkup, {
  accept: {
    "an ordinary configuration": "ServerName a\n<IfModule !mod_x.c>\n</IfModule>\n",
    "a mark on a name that is none": "Frobnicate? x\n",
    "a question in a comment": "# LoadModule? which one\nServerName a\n",
  },
  reject: {
    "a mark behind a name": {
      config: "ServerName? a\n",
      findings: ['1:1 Wiki markup "ServerName?"'],
      fatal: true,
      fixed: "ServerName a\n",
    },
    "both marks": {
      config: "  !ServerName? a\n",
      findings: ['1:3 Wiki markup "!ServerName?"'],
      fatal: true,
      fixed: "  ServerName a\n",
    },
    "a tag": {
      config: "<!IfModule? mod_x.c>\n</IfModule>\n",
      findings: ['1:2 Wiki markup "!IfModule?"'],
      fatal: true,
      fixed: "<IfModule mod_x.c>\n</IfModule>\n",
    },
  },
});
