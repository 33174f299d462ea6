import { shadowedMapping } from "../../../src/lint/rules/shadowed-mapping.ts";
import { testRule } from "../test-rule.ts";

testRule(shadowedMapping, {
  accept: {
    "the longer path first": "Alias /a/b /x\nAlias /a /y\nProxyPass /a/b !\nProxyPass /a http://b/a\n",
    "names that only begin alike": "Alias /icons /x\nAlias /icons2 /y\n",
    "another family": "Alias / /x/\nProxyPass /a http://b/a\n",
    "another host": "Redirect / http://x/\n<VirtualHost *:80>\nRedirect /a http://x/b\n</VirtualHost>\n",
  },
  reject: {
    "a shorter path first": {
      config: "ProxyPass / http://b/\nProxyPass /static !\n",
      findings: ['2:11 Unreachable ProxyPass: ProxyPass "/" on line 1 comes first'],
    },
    "an alias twice": {
      config: "Alias /a/ /x/\nScriptAlias /a/ /y/\n",
      findings: ['2:13 Unreachable ScriptAlias: Alias "/a/" on line 1 comes first'],
    },
    "a redirect with a status": {
      config: "Redirect permanent /a http://x/\nRedirect 302 /a/b http://y/\n",
      findings: ['2:14 Unreachable Redirect: Redirect "/a" on line 1 comes first'],
    },
  },
});
