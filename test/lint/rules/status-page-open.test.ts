import { statusPageOpen } from "../../../src/lint/rules/status-page-open.ts";
import { testRule } from "../test-rule.ts";

testRule(statusPageOpen, {
  accept: {
    "a section that says who may come":
      "<Location /backhand/>\nSetHandler backhand-handler\nOrder deny,allow\nDeny from all\n</Location>\n",
    "another handler": "<Location /x>\nSetHandler server-info\n</Location>\n",
  },
  reject: {
    "nobody is kept out": {
      config: "<Location /backhand/>\nSetHandler backhand-handler\n</Location>\n",
      findings: ["2:12 Open status page: everybody may see the servers and their loads"],
    },
  },
});
