import { malformedTag } from "../../../src/lint/rules/malformed-tag.ts";
import { testRule } from "../test-rule.ts";

testRule(malformedTag, {
  accept: {
    tags: "<Directory /x>\n</Directory>\n",
    "a blank before the end": "<Directory /x >\n</Directory>\n",
    "text behind a closing tag in 2.4": "<Directory /x>\n</Directory> # x\n",
  },
  reject: {
    "a missing bracket": {
      config: "<VirtualHost 10.0.0.1\nServerName a\n</VirtualHost>\n",
      findings: ["1:1 <VirtualHost> has no closing >"],
      fatal: true,
      fixed: "<VirtualHost 10.0.0.1>\nServerName a\n</VirtualHost>\n",
    },
    "a blank behind the first": {
      config: "< Directory /x>\n</Directory>\n",
      findings: ["1:1 Expected <Directory, without a blank behind <"],
      fatal: true,
      fixed: "<Directory /x>\n</Directory>\n",
    },
    "a blank before the last of a closing tag": {
      config: "<Directory /x>\n</Directory >\n",
      findings: ["2:1 </Directory> has no closing >"],
      fatal: true,
      fixed: "<Directory /x>\n</Directory>\n",
    },
    "blanks all over": {
      config: "<Directory /x>\n< / Directory >\n",
      findings: ["2:1 Expected </Directory>, without a blank behind <"],
      fatal: true,
      dialect: "1.3",
      fixed: "<Directory /x>\n</Directory>\n",
    },
    "text behind a closing tag in 1.3": {
      config: "<Directory /x>\n  </Directory> # end\n",
      findings: ["2:16 </Directory> takes no arguments"],
      fatal: true,
      dialect: "1.3",
      fixed: "<Directory /x>\n  </Directory>\n  # end\n",
    },
    "no argument": {
      config: "<Directory>\n</Directory>\n",
      findings: ["1:1 <Directory> needs an argument"],
      fatal: true,
    },
  },
});
