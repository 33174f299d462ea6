import { argumentValue } from "../../../src/lint/rules/argument-value.ts";
import { testRule } from "../test-rule.ts";

testRule(argumentValue, {
  accept: {
    "values that httpd takes": "Options Indexes FollowSymLinks\nLogLevel warn\nErrorDocument 404 /x\n",
    "a mixture that 1.3 takes": {
      config: "<Directory /x>\nOptions Indexes +FollowSymLinks\n</Directory>\n",
      dialect: "1.3",
    },
    "a wrong number, which is another rule's": "ServerAdmin\n",
    "a wrong place, which is another rule's": "<Directory /x>\nLogLevel loud\n</Directory>\n",
  },
  reject: {
    "an option that is none": { config: "Options Foo\n", findings: ["1:9 Illegal option Foo"], fatal: true },
    "a port out of range in 1.3": { config: "Port 70000\n", findings: ["1:6 ?"], fatal: true, dialect: "1.3" },
    "a mixture in 2.4": {
      config: "<Directory /x>\nOptions Indexes +FollowSymLinks\n</Directory>\n",
      findings: ["2:9 ?"],
      fatal: true,
    },
    "an expression that cannot be compiled": {
      config: '<LocationMatch "(">\n</LocationMatch>\n',
      findings: ["1:16 ?"],
      fatal: true,
    },
  },
});
