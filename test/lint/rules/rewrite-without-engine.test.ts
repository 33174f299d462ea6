import { rewriteWithoutEngine } from "../../../src/lint/rules/rewrite-without-engine.ts";
import { testRule } from "../test-rule.ts";

testRule(rewriteWithoutEngine, {
  accept: {
    "an engine that is on": "<VirtualHost *:80>\nRewriteEngine On\nRewriteRule a b\n</VirtualHost>\n",
    "2.4, which inherits it": "RewriteEngine On\n<VirtualHost *:80>\nRewriteRule a b\n</VirtualHost>\n",
    "a piece of a configuration": "RewriteRule a b\n",
    "a folder below another":
      "Listen 80\n<Directory /a>\nRewriteEngine On\n</Directory>\n<Directory /a/b>\nRewriteRule a b\n</Directory>\n",
  },
  reject: {
    "no engine": {
      config: "<VirtualHost *:80>\nRewriteCond %{HTTPS} off\nRewriteRule a b\nRewriteRule c d\n</VirtualHost>\n",
      findings: ["3:1 Idle RewriteRule: no RewriteEngine On here"],
    },
    "an engine that is off": {
      config: "RewriteEngine Off\nRewriteRule a b\n",
      findings: ["2:1 Idle RewriteRule: RewriteEngine is off here"],
    },
    "an engine of the main server, before 2.4": {
      config: "RewriteEngine On\n<VirtualHost 10.0.0.1:80>\nRewriteRule a b\n</VirtualHost>\n",
      dialect: "2.2",
      findings: ["3:1 Idle RewriteRule: no RewriteEngine On here"],
    },
    "a whole server without one": {
      config: "Listen 80\n<Directory /a>\nRewriteRule a b\n</Directory>\n",
      findings: ["3:1 Idle RewriteRule: no RewriteEngine On here"],
    },
  },
});
