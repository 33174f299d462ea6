import { badInclude } from "../../../src/lint/rules/bad-include.ts";
import { testRule } from "../test-rule.ts";

testRule(badInclude, {
  accept: {
    "a wildcard in the last part": { config: "Include /c/*.conf\n", dialect: "1.3", files: { "/c/a.conf": "" } },
  },
  reject: {
    "a wildcard in a folder's name": {
      config: "Include /*/a.conf\n",
      findings: ["1:9 Wildcard patterns are not allowed in the directory part of Include /*/a.conf before httpd 2.4"],
      fatal: true,
      dialect: "1.3",
      files: { "/c/a.conf": "" },
    },
  },
});
