import { includeCycle } from "../../../src/lint/rules/include-cycle.ts";
import { testRule } from "../test-rule.ts";

testRule(includeCycle, {
  accept: {
    "a file that is included twice": {
      config: "Include /a.conf\nInclude /a.conf\n",
      files: { "/a.conf": "ServerName x\n" },
    },
  },
  reject: {
    "a file that includes itself": {
      config: "Include /main.conf\n",
      findings: ["1:1 Include leads in a circle: /main.conf → /main.conf"],
      fatal: true,
    },
    "by way of another": {
      config: "Include /a.conf\n",
      findings: ["/a.conf:1:1 Include leads in a circle: /main.conf → /a.conf → /main.conf"],
      fatal: true,
      files: { "/a.conf": "Include /main.conf\n" },
    },
    "in 1.3": {
      config: "Include /main.conf\n",
      findings: ["1:1 Include leads in a circle: /main.conf → /main.conf"],
      fatal: true,
      dialect: "1.3",
    },
  },
});
