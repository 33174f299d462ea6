import { nameVirtualHostMissing } from "../../../src/lint/rules/name-virtual-host-missing.ts";
import { testRule } from "../test-rule.ts";

testRule(nameVirtualHostMissing, {
  accept: {
    "with NameVirtualHost": {
      config:
        "NameVirtualHost *:80\n<VirtualHost *:80>\nServerName a\n</VirtualHost>\n<VirtualHost *:80>\nServerName b\n</VirtualHost>\n",
      dialect: "2.2",
    },
    "two addresses": {
      config: "<VirtualHost 10.0.0.1>\n</VirtualHost>\n<VirtualHost 10.0.0.2>\n</VirtualHost>\n",
      dialect: "1.3",
    },
    "2.4, which needs none": {
      config: "<VirtualHost *:80>\nServerName a\n</VirtualHost>\n<VirtualHost *:80>\nServerName b\n</VirtualHost>\n",
      dialect: "2.4",
    },
  },
  reject: {
    "without it": {
      config: "<VirtualHost *:80>\nServerName a\n</VirtualHost>\n<VirtualHost *:80>\nServerName b\n</VirtualHost>\n",
      dialect: "2.2",
      findings: ["4:2 Unreachable virtual host: line 1 has the address *:80 too, and there is no NameVirtualHost"],
    },
    "one for another address": {
      config:
        "NameVirtualHost 10.0.0.2\n<VirtualHost 10.0.0.1>\n</VirtualHost>\n<VirtualHost 10.0.0.1>\n</VirtualHost>\n",
      dialect: "1.3",
      findings: ["4:2 Unreachable virtual host: line 2 has the address 10.0.0.1 too, and there is no NameVirtualHost"],
    },
  },
});
