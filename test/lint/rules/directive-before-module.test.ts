import { directiveBeforeModule } from "../../../src/lint/rules/directive-before-module.ts";
import { testRule } from "../test-rule.ts";

testRule(directiveBeforeModule, {
  accept: {
    "a module before": "LoadModule ssl_module m.so\nSSLEngine on\n",
    "a module that never comes": "LoadModule alias_module m.so\nSSLEngine on\n",
  },
  reject: {
    "a module that comes later": {
      config: "LoadModule alias_module m.so\nSSLEngine on\nLoadModule ssl_module m.so\n",
      findings: ['2:1 Unknown directive "SSLEngine" here: its module is loaded only later, on line 3'],
      fatal: true,
    },
  },
});
