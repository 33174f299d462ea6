import { missingInclude } from "../../../src/lint/rules/missing-include.ts";
import { testRule } from "../test-rule.ts";

testRule(missingInclude, {
  accept: {
    "a file": { config: "Include /a.conf\n", files: { "/a.conf": "" } },
    "a marker that a build replaces": "Include @@ServerRoot@@/a.conf\n",
    "an optional one": "IncludeOptional /nope/*.conf\n",
    "a wildcard in 1.3": { config: "Include /*.nope\n", dialect: "1.3" },
  },
  reject: {
    "no file": { config: "Include /nope.conf\n", findings: ["1:9 There is no file /nope.conf"], fatal: true },
    "a wildcard in 2.4": {
      config: "Include /*.nope\n",
      findings: ["1:9 No matches for the wildcard '*.nope' in '/'"],
      fatal: true,
    },
  },
});
