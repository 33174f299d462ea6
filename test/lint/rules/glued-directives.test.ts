import { gluedDirectives } from "../../../src/lint/rules/glued-directives.ts";
import { testRule } from "../test-rule.ts";

testRule(gluedDirectives, {
  accept: {
    "one directive on a line": "<Directory /a>\nOptions Indexes FollowSymLinks\nAllow from all\n</Directory>\n",
    "hosts that are called like directives in another case": "<Directory /a>\nAllow from options order\n</Directory>\n",
    "a value that httpd refuses anyway": "<Directory /a>\nOptions Foo Order\n</Directory>\n",
    "a directive that takes names of directives": 'AddDescription "Order" Options\n',
  },
  reject: {
    "three of them": {
      config: "<Directory /a>\n  Options None Order allow,deny  Allow from all\n</Directory>\n",
      findings: ['2:16 Expected "Order" on a line of its own'],
      fatal: true,
      fixed: "<Directory /a>\n  Options None\n  Order allow,deny\n  Allow from all\n</Directory>\n",
    },
    "read as 1.3": {
      config: "<Directory /a>\nOptions None Allow from all\n</Directory>\n",
      findings: ['2:14 Expected "Allow" on a line of its own'],
      fatal: true,
      dialect: "1.3",
      fixed: "<Directory /a>\nOptions None\nAllow from all\n</Directory>\n",
    },
    CRLF: {
      config: "<Directory /a>\r\nOrder deny,allow Deny from all\r\n</Directory>\r\n",
      findings: ['2:18 Expected "Deny" on a line of its own'],
      fatal: true,
      fixed: "<Directory /a>\r\nOrder deny,allow\r\nDeny from all\r\n</Directory>\r\n",
    },
  },
});
