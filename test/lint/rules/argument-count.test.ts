import { argumentCount } from "../../../src/lint/rules/argument-count.ts";
import { testRule } from "../test-rule.ts";

testRule(argumentCount, {
  accept: {
    "one argument": "ServerAdmin a\n",
    "extra words behind a flag": "ContentDigest on off\n",
    "directives that split their line themselves": { config: "ErrorDocument 404 a b c\n", dialect: "1.3" },
    "an unknown directive": "Bogus a b c d\n",
  },
  reject: {
    none: { config: "ServerAdmin\n", findings: ["1:1 ServerAdmin takes one argument"], fatal: true },
    "too many": { config: "  ServerAdmin a b\n", findings: ["1:3 ServerAdmin takes one argument"], fatal: true },
    "an empty one": { config: 'ServerAdmin ""\n', findings: ["1:1 ServerAdmin takes one argument"], fatal: true },
    "neither on nor off": {
      config: "ContentDigest maybe\n",
      findings: ["1:1 ContentDigest must be On or Off"],
      fatal: true,
    },
  },
});
