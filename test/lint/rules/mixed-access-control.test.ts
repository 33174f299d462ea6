import { mixedAccessControl } from "../../../src/lint/rules/mixed-access-control.ts";
import { testRule } from "../test-rule.ts";

testRule(mixedAccessControl, {
  accept: {
    "the new way": "<Directory /x>\nRequire all granted\n</Directory>\n",
    "users and networks":
      "<Directory /x>\nOrder deny,allow\nDeny from all\nAllow from 10\nRequire valid-user\n</Directory>\n",
    "one for each httpd":
      "<Directory /x>\n<IfModule mod_authz_core.c>\nRequire all granted\n</IfModule>\n<IfModule !mod_authz_core.c>\nOrder allow,deny\nAllow from all\n</IfModule>\n</Directory>\n",
  },
  reject: {
    both: {
      config: "<Directory /x>\nOrder allow,deny\nAllow from all\nRequire all granted\n</Directory>\n",
      findings: ["2:1 Mixed access control: Order here and Require on line 4 must both let a request pass"],
    },
  },
});
