import { limitLeavesMethods } from "../../../src/lint/rules/limit-leaves-methods.ts";
import { testRule } from "../test-rule.ts";

testRule(limitLeavesMethods, {
  accept: {
    "for every method": "<Directory /x>\nRequire valid-user\n</Directory>\n",
    "writing only": "<Directory /x>\n<Limit PUT DELETE>\nRequire valid-user\n</Limit>\n</Directory>\n",
    "with the rest denied": {
      config:
        "<Directory /x>\n<Limit GET POST>\nDeny from 10\n</Limit>\n<LimitExcept GET POST>\nDeny from all\n</LimitExcept>\n</Directory>\n",
      dialect: "1.3",
    },
    "letting everybody in": {
      config: "<Directory /x>\n<Limit GET>\nOrder allow,deny\nAllow from all\n</Limit>\n</Directory>\n",
      dialect: "1.3",
    },
  },
  reject: {
    "two methods": {
      config: "<Directory /x>\n<Limit GET POST>\nRequire valid-user\n</Limit>\n</Directory>\n",
      findings: ["2:2 Open methods: only GET, POST are restricted, all others are for everybody"],
    },
  },
});
