import { locationSlashGap } from "../../../src/lint/rules/location-slash-gap.ts";
import { testRule } from "../test-rule.ts";

const guard = (path: string): string => `<Location ${path}>\nRequire ip 10.0.0.0/8\n</Location>\n`;

testRule(locationSlashGap, {
  accept: {
    "the path without slash": `ProxyPass /a http://b/\n${guard("/a")}`,
    "nothing that answers it": guard("/a/"),
    "a mapping with the slash": `ProxyPass /a/ http://b/\n${guard("/a/")}`,
    "a path that is not passed on": `ProxyPass /a !\n${guard("/a/")}`,
    "an open section": "ProxyPass /a http://b/\n<Location /a/>\nRequire all granted\n</Location>\n",
    "another section for the path itself": `ProxyPass /a http://b/\n${guard("/a/")}${guard("/a")}`,
    "a guard above it": `ProxyPass /x/a http://b/\n${guard("/x/a/")}${guard("/x")}`,
    "a guard for everything": `ProxyPass /a http://b/\n${guard("/a/")}${guard("/")}`,
    "the mapping of another virtual host": `<VirtualHost a>\nProxyPass /a http://b/\n</VirtualHost>\n<VirtualHost b>\n${guard("/a/")}</VirtualHost>\n`,
  },
  reject: {
    "a proxied path": {
      config: `ProxyPass /a http://b/\n${guard("/a/")}`,
      findings: ['2:11 Unguarded "/a": it is not below "/a/", and ProxyPass answers it, line 1'],
    },
    "a handler": {
      config: `${guard("/status/")}<Location /status>\nSetHandler server-status\n</Location>\n`,
      findings: ['1:11 Unguarded "/status": it is not below "/status/", and SetHandler answers it, line 5'],
    },
    "a mapping of the main server": {
      config: `ScriptAlias /a /b/c.cgi\n<VirtualHost a>\n${guard("/a/")}</VirtualHost>\n`,
      findings: ['3:11 Unguarded "/a": it is not below "/a/", and ScriptAlias answers it, line 1'],
    },
    "read as 1.3": {
      config: "ProxyPass /a http://b/\n<Location /a/>\nDeny from all\n</Location>\n",
      dialect: "1.3",
      findings: ['2:11 Unguarded "/a": it is not below "/a/", and ProxyPass answers it, line 1'],
    },
  },
});
