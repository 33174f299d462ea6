import { userDirRoot } from "../../../src/lint/rules/user-dir-root.ts";
import { testRule } from "../test-rule.ts";

testRule(userDirRoot, {
  accept: {
    "without root": "UserDir public_html\nUserDir disabled root\n",
    off: "UserDir disabled\n",
    "a folder apart": "UserDir /srv/users/*/www\n",
  },
  reject: {
    "with root": { config: "UserDir public_html\n", findings: ['1:9 UserDir "public_html" is for root too'] },
    "whole home folders": {
      config: "UserDir ./\n",
      findings: ["1:9 Served home folders: `UserDir ./` leads /~root/ to the root of the file system"],
    },
  },
});
