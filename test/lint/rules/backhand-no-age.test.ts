import { backhandNoAge } from "../../../src/lint/rules/backhand-no-age.ts";
import { testRule } from "../test-rule.ts";

testRule(backhandNoAge, {
  accept: {
    "byAge anywhere": "<Location /a>\nBackhand byRandom\nBackhand byAge 6\nBackhand byLoad\n</Location>\n",
    "a section that is not balanced": "<Location /a>\nBackhand off\n</Location>\n",
    "byAge without its blank, which is another rule's":
      "<Location /a>\nBackhandbyAge 6\nBackhand byLoad\n</Location>\n",
    "byAge in the wrong case, which is another rule's": "<Location /a>\nBackhand byage\nBackhand byLoad\n</Location>\n",
  },
  reject: {
    "no byAge": {
      config: "<Location /a>\nBackhand removeSelf\nBackhand byLoad\n</Location>\n",
      findings: ["2:10 Missing byAge: servers that stopped announcing themselves still get requests"],
    },
    "each section by itself": {
      config: "<Location /a>\nBackhand byAge\n</Location>\n<Location /a>\nBackhand byLoad\n</Location>\n",
      findings: ["5:10 Missing byAge: servers that stopped announcing themselves still get requests"],
    },
  },
});
