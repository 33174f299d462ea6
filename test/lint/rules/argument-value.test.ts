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
    "a wrong place, which is another rule's": "<Directory /x>\nListen foo\n</Directory>\n",
  },
  reject: {
    "an option that is none": { config: "Options Foo\n", findings: ['1:9 Unknown option "Foo"'], fatal: true },
    "a port out of range in 1.3": {
      config: "Port 70000\n",
      findings: ["1:6 Port 70000 is outside of 1 to 65535"],
      fatal: true,
      dialect: "1.3",
    },
    "a mixture in 2.4": {
      config: "<Directory /x>\nOptions Indexes +FollowSymLinks\n</Directory>\n",
      findings: ["2:17 Either all Options must start with + or -, or none"],
      fatal: true,
    },
    "an expression that cannot be compiled": {
      config: '<LocationMatch "(">\n</LocationMatch>\n',
      findings: ['1:16 Regular expression "(" cannot be compiled: a ( has no )'],
      fatal: true,
    },
  },
});
