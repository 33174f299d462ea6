import { unknownCandidacyFunction } from "../../../src/lint/rules/unknown-candidacy-function.ts";
import { testRule } from "../test-rule.ts";

testRule(unknownCandidacyFunction, {
  accept: {
    "mod_backhand's and ours":
      "<Location /a>\nBackhand byAge 6\nBackhand byRandom\nBackhand byLogWindow\nBackhand byLoad\nBackhand byInflight\nBackhand off\n</Location>\n",
    "what is built in for a shared object":
      "<Location /a>\nBackhandFromSO libexec/byHostname.so byHostname www\n</Location>\n",
    "a module of JavaScript": "<Location /a>\nBackhandFromSO lib/mine.mjs mine\n</Location>\n",
  },
  reject: {
    "a wrong case": {
      config: "<Location /a>\nBackhand byage 6\nBackhand BYLOAD\n</Location>\n",
      findings: ['2:10 Unknown candidacy function "byage"', '3:10 Unknown candidacy function "BYLOAD"'],
      fatal: true,
      fixed: "<Location /a>\nBackhand byAge 6\nBackhand byLoad\n</Location>\n",
    },
    "a typing error": {
      config: "<Location /a>\nBackhand byLaod\n</Location>\n",
      findings: ['2:10 Unknown candidacy function "byLaod"'],
      fatal: true,
      fixedUnsafely: "<Location /a>\nBackhand byLoad\n</Location>\n",
    },
    "something else": {
      config: "<Location /a>\nBackhand magic\n</Location>\n",
      findings: ['2:10 Unknown candidacy function "magic"'],
      fatal: true,
    },
    "a shared object": {
      config: "<Location /a>\nBackhandFromSO libexec/byPerl.so byPerl x\n</Location>\n",
      findings: ['2:34 Unknown candidacy function "byPerl" in "libexec/byPerl.so"'],
    },
  },
});
