import { lostLine } from "../../../src/lint/rules/lost-line.ts";
import { testRule } from "../test-rule.ts";

testRule(lostLine, {
  accept: {
    "a line feed at the end": { config: "ServerAdmin a\n", dialect: "1.3" },
    "2.4 keeps it": "ServerAdmin a \\\n",
  },
  reject: {
    "a backslash at the end": {
      config: "ServerAdmin a \\\n",
      findings: ["1:1 Lost line: it ends in a backslash, and at the end of the file this httpd drops it whole"],
      dialect: "1.3",
    },
  },
});
