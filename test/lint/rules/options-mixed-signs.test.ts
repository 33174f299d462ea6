import { optionsMixedSigns } from "../../../src/lint/rules/options-mixed-signs.ts";
import { testRule } from "../test-rule.ts";

testRule(optionsMixedSigns, {
  accept: { "signs on all": "Options +Indexes -MultiViews\n", "signs on none": "Options Indexes MultiViews\n" },
  reject: {
    "a sign behind none": {
      config: "Options Indexes +FollowSymLinks\n",
      dialect: "2.2",
      findings: ['1:17 Mixed Options: "+FollowSymLinks" has a sign and the name before it has none'],
    },
    "none behind a sign": {
      config: "Options +Indexes FollowSymLinks\n",
      dialect: "1.3",
      findings: ['1:18 Mixed Options: "FollowSymLinks" has no sign and the name before it has one'],
    },
  },
});
