import { backhandSortBeforeShuffle } from "../../../src/lint/rules/backhand-sort-before-shuffle.ts";
import { testRule } from "../test-rule.ts";

testRule(backhandSortBeforeShuffle, {
  accept: {
    "the usual order":
      "<Location /a>\nBackhand byAge\nBackhand byRandom\nBackhand byLogWindow\nBackhand byLoad\n</Location>\n",
    "a window between": "<Location /a>\nBackhand byLoad\nBackhand byWindow 2\nBackhand byRandom\n</Location>\n",
    "no shuffle": "<Location /a>\nBackhand byLoad\nBackhand byCPU\n</Location>\n",
  },
  reject: {
    "a sort that is undone": {
      config: "<Location /a>\nBackhand byLoad\nBackhand byRandom\n</Location>\n",
      findings: ["2:10 Lost sort: byRandom shuffles the list again after byLoad"],
    },
    "a filter between makes no difference": {
      config: "<Location /a>\nBackhand byLoad\nBackhand byAge\nBackhand byRandom\n</Location>\n",
      findings: ["2:10 Lost sort: byRandom shuffles the list again after byLoad"],
    },
    "two of them": {
      config: "<Location /a>\nBackhand byLoad\nBackhand byCPU\nBackhand byRandom\nBackhand byLoad\n</Location>\n",
      findings: [
        "2:10 Lost sort: byRandom shuffles the list again after byLoad",
        "3:10 Lost sort: byRandom shuffles the list again after byCPU",
      ],
    },
  },
});
