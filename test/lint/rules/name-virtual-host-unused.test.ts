import { nameVirtualHostUnused } from "../../../src/lint/rules/name-virtual-host-unused.ts";
import { testRule } from "../test-rule.ts";

testRule(nameVirtualHostUnused, {
  accept: {
    "a host of the address": { config: "NameVirtualHost *:80\n<VirtualHost *:80>\n</VirtualHost>\n", dialect: "2.2" },
    "a host without a port": {
      config: "NameVirtualHost 10.0.0.1:80\n<VirtualHost 10.0.0.1>\n</VirtualHost>\n",
      dialect: "1.3",
    },
  },
  reject: {
    "hosts of other addresses": {
      config: "NameVirtualHost 10.0.0.1\n<VirtualHost 10.0.0.2>\n</VirtualHost>\n",
      dialect: "1.3",
      findings: ['1:1 Unused NameVirtualHost "10.0.0.1": no virtual host has this address'],
    },
    "hosts of another port": {
      config: "NameVirtualHost *:80\n<VirtualHost *:81>\n</VirtualHost>\n",
      dialect: "2.2",
      findings: ['1:1 Unused NameVirtualHost "*:80": no virtual host has this address'],
    },
    "any in 2.4": {
      config: "NameVirtualHost *:80\n",
      findings: ["1:1 Useless NameVirtualHost: httpd 2.4 shares every address by name, and only warns of it"],
    },
  },
});
