import { unreachableVirtualHost } from "../../../src/lint/rules/unreachable-virtual-host.ts";
import { testRule } from "../test-rule.ts";

testRule(unreachableVirtualHost, {
  accept: {
    "names of their own":
      "<VirtualHost *:80>\nServerName a\nServerAlias *.a\n</VirtualHost>\n<VirtualHost *:80>\nServerName b\n</VirtualHost>\n",
    "one name on two ports":
      "<VirtualHost *:80>\nServerName a\n</VirtualHost>\n<VirtualHost *:443>\nServerName a\n</VirtualHost>\n",
    "a name again in its own host": "<VirtualHost *:80>\nServerName a\nServerAlias a b\n</VirtualHost>\n",
    "a wildcard behind the exact name":
      "<VirtualHost *:80>\nServerName x.a\n</VirtualHost>\n<VirtualHost *:80>\nServerName b\nServerAlias *.a\n</VirtualHost>\n",
    "one address more":
      "<VirtualHost 10.0.0.1:80>\nServerName a\n</VirtualHost>\n<VirtualHost 10.0.0.1:80 10.0.0.2:80>\nServerName a\n</VirtualHost>\n",
  },
  reject: {
    "a name that is taken": {
      config: "<VirtualHost *:80>\nServerName a\n</VirtualHost>\n<VirtualHost *:80>\nServerName A\n</VirtualHost>\n",
      findings: ['5:12 Unreachable name "A": line 2 has it, on the same address'],
    },
    "an alias that is taken": {
      config:
        "<VirtualHost *:80>\nServerName a\n</VirtualHost>\n<VirtualHost *:80>\nServerName b\nServerAlias c a\n</VirtualHost>\n",
      findings: ['6:15 Unreachable name "a": line 2 has it, on the same address'],
    },
    "a wildcard before it": {
      config:
        "<VirtualHost *:80>\nServerName a\nServerAlias *.ex\n</VirtualHost>\n<VirtualHost *:80>\nServerName b.ex\n</VirtualHost>\n",
      findings: ['6:12 Unreachable name "b.ex": line 3 takes it with "*.ex", on the same address'],
    },
  },
});
