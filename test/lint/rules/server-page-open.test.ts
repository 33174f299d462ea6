import { serverPageOpen } from "../../../src/lint/rules/server-page-open.ts";
import { testRule } from "../test-rule.ts";

testRule(serverPageOpen, {
  accept: {
    "for the machine itself": "<Location /server-status>\nSetHandler server-status\nRequire local\n</Location>\n",
    "for a network": {
      config: "<Location /s>\nSetHandler server-status\nOrder deny,allow\nDeny from all\nAllow from 10\n</Location>\n",
      dialect: "1.3",
    },
    "in RequireAny":
      "<Location /s>\nSetHandler server-info\n<RequireAny>\nRequire local\nRequire ip 10\n</RequireAny>\n</Location>\n",
    "other handlers": "<Location /s>\nSetHandler cgi-script\n</Location>\n",
  },
  reject: {
    "for everybody": {
      config: "<Location /server-status>\nSetHandler server-status\n</Location>\n",
      findings: ['2:12 Open "server-status": everybody may see requests, clients and their URLs'],
    },
    "explicitly for everybody": {
      config: "<Location /i>\nSetHandler server-info\nRequire all granted\n</Location>\n",
      findings: ['2:12 Open "server-info": everybody may see the whole configuration'],
    },
  },
});
