import { accessWithoutEffect } from "../../../src/lint/rules/access-without-effect.ts";
import { testRule } from "../test-rule.ts";

testRule(accessWithoutEffect, {
  accept: {
    "all but some": {
      config: "<Directory /x>\nOrder allow,deny\nAllow from all\nDeny from 10.0.0.1\n</Directory>\n",
      dialect: "2.2",
    },
    "only some": {
      config: "<Directory /x>\nOrder deny,allow\nDeny from all\nAllow from 10\n</Directory>\n",
      dialect: "2.2",
    },
    "for other methods": {
      config:
        "<Directory /x>\nOrder deny,allow\n<Limit GET>\nAllow from all\n</Limit>\n<Limit PUT>\nDeny from 10\n</Limit>\n</Directory>\n",
      dialect: "2.2",
    },
  },
  reject: {
    "an Allow behind a Deny for all": {
      config: "<Directory /x>\nOrder allow,deny\nDeny from all\nAllow from 10\n</Directory>\n",
      dialect: "2.2",
      findings: ["4:1 Useless Allow: `Deny from all` on line 3 decides, since the order is allow,deny"],
    },
    "a Deny before an Allow for all": {
      config: "<Location /x>\nDeny from 10.0.0.1\nAllow from all\n</Location>\n",
      dialect: "1.3",
      findings: ["2:1 Useless Deny: `Allow from all` on line 3 decides, since the order is deny,allow"],
    },
  },
});
