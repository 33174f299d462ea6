import { symlinkChecks } from "../../../src/lint/rules/symlink-checks.ts";
import { testRule } from "../test-rule.ts";

testRule(symlinkChecks, {
  accept: { "links followed": "Options FollowSymLinks\n", both: "Options FollowSymLinks SymLinksIfOwnerMatch\n" },
  reject: {
    "owners checked": {
      config: "Options SymLinksIfOwnerMatch\n",
      findings: ["1:9 Slow files: each folder of a path is looked at for links, for each request"],
    },
  },
});
