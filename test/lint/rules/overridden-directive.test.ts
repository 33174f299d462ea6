import { overriddenDirective } from "../../../src/lint/rules/overridden-directive.ts";
import { testRule } from "../test-rule.ts";

testRule(overriddenDirective, {
  accept: {
    "one in each section": "ServerName a\n<VirtualHost *:80>\nServerName b\n</VirtualHost>\n",
    "directives with many values": "Listen 80\nListen 81\n",
    alternatives: "<IfModule a.c>\nTimeout 1\n</IfModule>\n<IfModule mod_ssl.c>\nTimeout 1\n</IfModule>\nTimeout 2\n",
    "blocks for two ways to process requests, one of which is compiled in": {
      config:
        "LoadModule authz_host_module modules/mod_authz_host.so\n<IfModule prefork.c>\nMaxClients 256\n</IfModule>\n<IfModule worker.c>\nMaxClients 300\n</IfModule>\n",
      dialect: "2.2",
    },
    "an included file": { config: "Timeout 1\nInclude /a.conf\n", files: { "/a.conf": "Timeout 2\n" } },
    "one for each method": {
      config:
        "<Directory /x>\n<Limit GET>\nOrder allow,deny\n</Limit>\n<Limit PUT>\nOrder deny,allow\n</Limit>\n</Directory>\n",
      dialect: "1.3",
    },
  },
  reject: {
    "two values": {
      config: "DocumentRoot /a\nKeepAlive On\ndocumentroot /b\n",
      findings: ["1:1 Overridden documentroot: line 3 sets it again"],
    },
    "in a section": {
      config: "<VirtualHost *:80>\n  ServerName a\n  ServerName b\n</VirtualHost>\n",
      findings: ["2:3 Overridden ServerName: line 3 sets it again"],
    },
  },
});
