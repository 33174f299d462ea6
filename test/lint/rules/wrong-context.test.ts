import { wrongContext } from "../../../src/lint/rules/wrong-context.ts";
import { testRule } from "../test-rule.ts";

testRule(wrongContext, {
  accept: {
    "a directive in its place": "ServerName a\n",
    "an unknown one": "Bogus\n",
  },
  reject: {
    "ServerName in Directory": {
      config: "<Directory /x>\nServerName a\n</Directory>\n",
      findings: ["2:1 ServerName not allowed in <Directory> context"],
      fatal: true,
    },
    "AllowOverride in the server": {
      config: "AllowOverride None\n",
      findings: ["1:1 AllowOverride not allowed here"],
      fatal: true,
    },
  },
});
