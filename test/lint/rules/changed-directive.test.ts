import { changedDirective } from "../../../src/lint/rules/changed-directive.ts";
import { testRule } from "../test-rule.ts";

testRule(changedDirective, {
  accept: {
    "what stays": { config: "KeepAlive On\nOptions +Indexes -MultiViews\n", dialect: "2.2" },
    "a type for nothing": { config: "DefaultType none\n", dialect: "2.2" },
  },
  reject: {
    "access control": {
      config: "<Directory /x>\nOrder allow,deny\nAllow from all\n</Directory>\n",
      dialect: "2.2",
      findings: [
        "2:1 Order needs mod_access_compat in httpd 2.4, and does not mix well with Require",
        "3:1 Allow needs mod_access_compat in httpd 2.4, and does not mix well with Require",
      ],
    },
    "new names and old ways": {
      config: "NameVirtualHost *:80\nDefaultType text/plain\n",
      dialect: "2.2",
      findings: [
        "1:1 NameVirtualHost does nothing in httpd 2.4 but warn",
        "2:1 DefaultType does nothing in httpd 2.4 but warn",
      ],
    },
  },
});
