import { rootDirectoryOpen } from "../../../src/lint/rules/root-directory-open.ts";
import { testRule } from "../test-rule.ts";

testRule(rootDirectoryOpen, {
  accept: {
    "a denied root": "<Directory />\nRequire all denied\n</Directory>\n",
    "an open folder": "<Directory /srv/www>\nRequire all granted\n</Directory>\n",
    "a root without rules": { config: "<Directory />\nAllowOverride None\n</Directory>\n", dialect: "1.3" },
  },
  reject: {
    "a server that says nothing of the root": {
      config: "Listen 80\nDocumentRoot /srv/www\n<Directory /srv/www>\nRequire all granted\n</Directory>\n",
      findings: ["2:1 Open file system: nothing denies /, so every file that a URL leads to is served"],
    },
    "a root without rules, of a server": {
      config: "Port 80\nDocumentRoot /a\n<Directory />\nAllowOverride None\n</Directory>\n",
      dialect: "1.3",
      findings: ["3:2 Open file system: nothing denies /, so every file that a URL leads to is served"],
    },
    "a granted root": {
      config: "<Directory />\n  Require all granted\n</Directory>\n",
      findings: ["2:3 Open file system: every file that a URL leads to is served, wherever it lies"],
    },
    "an allowed root": {
      config: "<Directory />\nOrder allow,deny\nAllow from all\n</Directory>\n",
      dialect: "1.3",
      findings: ["3:1 Open file system: every file that a URL leads to is served, wherever it lies"],
    },
  },
});
