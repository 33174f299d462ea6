import { unterminatedQuote } from "../../../src/lint/rules/unterminated-quote.ts";
import { testRule } from "../test-rule.ts";

testRule(unterminatedQuote, {
  accept: {
    "quotes that close": "ServerAdmin \"a b\"\nServerAdmin 'a b'\n",
    "a quote in the middle": 'ServerAdmin a"b\n',
    "ErrorDocument's old form": 'ErrorDocument 404 "Not here\n',
    "directives that split their line themselves": { config: 'RewriteRule ^/x "/y\n', dialect: "1.3" },
  },
  reject: {
    "a quote that is missing": {
      config: 'ServerAdmin "a b\n',
      findings: ['1:13 Expected a closing "'],
      fixed: 'ServerAdmin "a b"\n',
    },
    "of a section": {
      config: '<Directory "/srv/a b>\n</Directory>\n',
      findings: ['1:12 Expected a closing "'],
      fixed: '<Directory "/srv/a b">\n</Directory>\n',
    },
    "behind a backslash nothing is repaired": {
      config: 'ServerAdmin "a\\\\\\\n\n',
      findings: ['1:13 Expected a closing "'],
    },
  },
});
