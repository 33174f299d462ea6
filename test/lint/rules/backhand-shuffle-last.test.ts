import { backhandShuffleLast } from "../../../src/lint/rules/backhand-shuffle-last.ts";
import { testRule } from "../test-rule.ts";

testRule(backhandShuffleLast, {
  accept: {
    "a sort behind it": "<Location /a>\nBackhand byRandom\nBackhand byLoad\n</Location>\n",
    "a window behind it, which is another rule's":
      "<Location /a>\nBackhand byRandom\nBackhand byLogWindow\n</Location>\n",
    "the best of a sort": "<Location /a>\nBackhand byLoad\nBackhand byWindow 2\nBackhand byRandom\n</Location>\n",
    "servers weighted by what they have free": "<Location /a>\nBackhand byIdle\n</Location>\n",
    "an unknown function": "<Location /a>\nBackhand byRandom\nBackhand byMagic\n</Location>\n",
  },
  reject: {
    "byRandom alone": {
      config: "<Location /a>\nBackhand byAge 6\nBackhand byRandom\n</Location>\n",
      findings: ["3:10 Random choice: no function after byRandom looks at the load"],
    },
  },
});
