import { satisfyAnyOpen } from "../../../src/lint/rules/satisfy-any-open.ts";
import { testRule } from "../test-rule.ts";

testRule(satisfyAnyOpen, {
  accept: {
    "a network without password":
      "<Directory /x>\nSatisfy any\nOrder deny,allow\nDeny from all\nAllow from 10\nRequire valid-user\n</Directory>\n",
    both: "<Directory /x>\nSatisfy all\nAllow from all\nRequire valid-user\n</Directory>\n",
    "a public folder": "<Directory /x>\nSatisfy any\nAllow from all\n</Directory>\n",
  },
  reject: {
    everybody: {
      config: "<Directory /x>\nOrder allow,deny\nAllow from all\nRequire valid-user\nSatisfy any\n</Directory>\n",
      findings: ["5:1 Open section: `Satisfy any` with `Allow from all` asks nobody for a password"],
    },
  },
});
