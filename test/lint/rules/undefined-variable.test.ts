import { undefinedVariable } from "../../../src/lint/rules/undefined-variable.ts";
import { testRule } from "../test-rule.ts";

testRule(undefinedVariable, {
  accept: {
    "a defined one": "Define a b\nServerAdmin ${a}\n",
    "a map's": "ServerAdmin ${map:x}\n",
    "1.3 has none": { config: "ServerAdmin ${a}\n", dialect: "1.3" },
  },
  reject: {
    "one of the environment": { config: "ServerAdmin ${NOPE}\n", findings: ["1:13 Variable ${NOPE} is not defined"] },
    "an undefined one": { config: "ServerAdmin ${nope}\n", findings: ["1:13 Variable ${nope} is not defined"] },
  },
});
