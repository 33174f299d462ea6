import { removedDirective } from "../../../src/lint/rules/removed-directive.ts";
import { testRule } from "../test-rule.ts";

testRule(removedDirective, {
  accept: {
    "what 2.4 has": { config: "ServerName a\nListen 80\n", dialect: "1.3" },
    "what nobody knows": { config: "Frobnicate On\n", dialect: "1.3" },
  },
  reject: {
    "1.3's own": {
      config: "ServerType standalone\nPort 80\n",
      dialect: "1.3",
      findings: ['1:1 Removed in httpd 2.4: "ServerType"', '2:1 Removed in httpd 2.4: "Port"'],
    },
    "2.2's": {
      config: "LockFile /x\n",
      dialect: "2.2",
      findings: ['1:1 Removed in httpd 2.4: "LockFile"'],
    },
  },
});
