import { suppressionComment } from "../../../src/lint/rules/suppression-comment.ts";
import { testRule } from "../test-rule.ts";

testRule(suppressionComment, {
  accept: {
    "no comment": "ServerAdmin a\n",
    "an ordinary comment": "# disable this\n",
  },
  reject: {
    "an unknown rule": {
      config: "# backhand-disable no-such\n",
      findings: ['1:20 Unknown rule "no-such" in a suppression comment'],
    },
  },
});
