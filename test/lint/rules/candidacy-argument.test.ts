import { candidacyArgument } from "../../../src/lint/rules/candidacy-argument.ts";
import { testRule } from "../test-rule.ts";

testRule(candidacyArgument, {
  accept: {
    numbers: "<Location /a>\nBackhand byAge 6\nBackhand byLoad 0.5\nBackhand byBusyChildren 1\n</Location>\n",
    defaults: "<Location /a>\nBackhand byAge\nBackhand byLoad\n</Location>\n",
    "an unknown function, which is another rule's": "<Location /a>\nBackhand byMagic x\n</Location>\n",
  },
  reject: {
    "a word for a number": {
      config: "<Location /a>\nBackhand byAge six\n</Location>\n",
      findings: ['2:16 Expected a number from 0 to 1000000 instead of "six"'],
    },
    "an argument of a function that takes none": {
      config: "<Location /a>\nBackhand byRandom 6\n</Location>\n",
      findings: ['2:19 Unused argument "6": byRandom takes none'],
    },
  },
});
