import { unanchoredPattern } from "../../../src/lint/rules/unanchored-pattern.ts";
import { testRule } from "../test-rule.ts";

testRule(unanchoredPattern, {
  accept: {
    "an end": '<FilesMatch "\\.php$">\nSetHandler application/x-httpd-php\n</FilesMatch>\n',
    "a guard, which may fit too much": '<FilesMatch "\\.inc">\nRequire all denied\n</FilesMatch>\n',
    "switching a handler off": '<FilesMatch "\\.php">\nSetHandler none\n</FilesMatch>\n',
  },
  reject: {
    "an ending that runs": {
      config: '<FilesMatch "\\.php">\nSetHandler application/x-httpd-php\n</FilesMatch>\n',
      findings: ['1:13 Unanchored pattern: "\\.php" also fits names that go on, which are then run'],
      fixedUnsafely: '<FilesMatch "\\.php$">\nSetHandler application/x-httpd-php\n</FilesMatch>\n',
    },
    "endings that open": {
      config: '<Files ~ "\\.(gif|jpe?g)">\nOrder allow,deny\nAllow from all\n</Files>\n',
      dialect: "1.3",
      findings: ['1:10 Unanchored pattern: "\\.(gif|jpe?g)" also fits names that go on, which are then open'],
      fixedUnsafely: '<Files ~ "\\.(gif|jpe?g)$">\nOrder allow,deny\nAllow from all\n</Files>\n',
    },
  },
});
