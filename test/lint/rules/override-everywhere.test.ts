import { overrideEverywhere } from "../../../src/lint/rules/override-everywhere.ts";
import { testRule } from "../test-rule.ts";

testRule(overrideEverywhere, {
  accept: {
    "none for the root": "<Directory />\nAllowOverride None\n</Directory>\n",
    "all for one folder": "<Directory /srv/www>\nAllowOverride All\n</Directory>\n",
  },
  reject: {
    "all for the root": {
      config: "<Directory />\nAllowOverride All\n</Directory>\n",
      findings: [
        "2:1 Access files everywhere: each request looks for .htaccess in every folder from / on, and obeys it",
      ],
    },
  },
});
