import { backhandWindowWithoutShuffle } from "../../../src/lint/rules/backhand-window-without-shuffle.ts";
import { testRule } from "../test-rule.ts";

testRule(backhandWindowWithoutShuffle, {
  accept: {
    "a shuffle before it": "<Location /a>\nBackhand byRandom\nBackhand byLogWindow\n</Location>\n",
    "a sort before it": "<Location /a>\nBackhand byLoad\nBackhand byWindow 2\n</Location>\n",
    "an unknown function before it": "<Location /a>\nBackhand byMagic\nBackhand byLogWindow\n</Location>\n",
  },
  reject: {
    "only a filter before it": {
      config: "<Location /a>\nBackhand byAge\nBackhand byLogWindow\nBackhand byLoad\n</Location>\n",
      findings: ["3:10 Unshuffled window: byLogWindow keeps the same servers for every request"],
    },
    "once for each section": {
      config: "<Location /a>\nBackhand byLogWindow\nBackhand byLogWindow\n</Location>\n",
      findings: ["2:10 Unshuffled window: byLogWindow keeps the same servers for every request"],
    },
  },
});
