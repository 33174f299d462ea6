import { defaultHostOverlap } from "../../../src/lint/rules/default-host-overlap.ts";
import { testRule } from "../test-rule.ts";

const hosts = (...addresses: readonly string[]): string =>
  addresses.map((address) => `<VirtualHost ${address}>\n</VirtualHost>\n`).join("");

testRule(defaultHostOverlap, {
  accept: {
    "other ports": hosts("*:80", "_default_:443"),
    "an address of its own": hosts("10.0.0.1:80", "_default_:80"),
    "both in one host": hosts("*:80 _default_:80"),
    "httpd 2.4, where both are one": { config: hosts("*:80", "_default_:80"), dialect: "2.4" },
  },
  reject: {
    "the same port": {
      config: `NameVirtualHost *:80\n${hosts("*:80", "_default_:80")}`,
      dialect: "2.2",
      findings: [
        '4:14 Overlapping virtual hosts: "_default_:80" and the host of line 2 are for the same connections, and only one of them answers',
      ],
    },
    "no port, and the star behind it": {
      config: hosts("_default_", "*"),
      dialect: "1.3",
      findings: [
        '1:14 Overlapping virtual hosts: "_default_" and the host of line 3 are for the same connections, and only one of them answers',
      ],
    },
  },
});
