import { backhandNoSortAfterWindow } from "../../../src/lint/rules/backhand-no-sort-after-window.ts";
import { testRule } from "../test-rule.ts";

testRule(backhandNoSortAfterWindow, {
  accept: {
    "a sort behind the window":
      "<Location /a>\nBackhand byAge\nBackhand byRandom\nBackhand byLogWindow\nBackhand byLoad\n</Location>\n",
    "a random choice of the best":
      "<Location /a>\nBackhand byLoad\nBackhand byWindow 3\nBackhand byRandom\n</Location>\n",
    "a session behind the window":
      "<Location /a>\nBackhand byRandom\nBackhand byLogWindow\nBackhand bySession\n</Location>\n",
    "an unknown function behind it":
      "<Location /a>\nBackhand byRandom\nBackhand byLogWindow\nBackhand byMagic\n</Location>\n",
    "no window": "<Location /a>\nBackhand byRandom\n</Location>\n",
  },
  reject: {
    "nothing behind it": {
      config: "<Location /a>\nBackhand byAge\nBackhand byRandom\nBackhand byLogWindow\n</Location>\n",
      findings: ["4:10 Useless byLogWindow: nothing after it chooses among the servers that it keeps"],
    },
    "a filter behind it": {
      config: "<Location /a>\nBackhand byRandom\nBackhand byWindow 3\nBackhand byAge\n</Location>\n",
      findings: ["3:10 Useless byWindow: nothing after it chooses among the servers that it keeps"],
    },
  },
});
