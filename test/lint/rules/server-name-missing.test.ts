import { serverNameMissing } from "../../../src/lint/rules/server-name-missing.ts";
import { testRule } from "../test-rule.ts";

const named = "<VirtualHost *:80>\nServerName a\n</VirtualHost>\n";
const nameless = "<VirtualHost *:80>\n</VirtualHost>\n";
const message = (line: number): string =>
  `Unreachable virtual host: it has no ServerName, and line ${line} is the default of its address`;

testRule(serverNameMissing, {
  accept: {
    names: `${named}${named.replace("ServerName a", "ServerName b")}`,
    "the first of its address": `${nameless}${named}`,
    "an alias": `${named}<VirtualHost *:80>\nServerAlias b\n</VirtualHost>\n`,
    "another address": `${named}<VirtualHost *:81>\n</VirtualHost>\n`,
    "the first of one of its addresses": `${named}<VirtualHost *:80 *:81>\n</VirtualHost>\n`,
    ServerPath: `${named}<VirtualHost *:80>\nServerPath /x\n</VirtualHost>\n`,
    "hosts by address, before 2.4": { config: `${named}${nameless}`, dialect: "2.2" },
  },
  reject: {
    "a second host without name": { config: `${named}${nameless}`, findings: [`4:2 ${message(1)}`] },
    "hosts by name in 1.3": {
      config: `NameVirtualHost *:80\n${named}${nameless}`,
      dialect: "1.3",
      findings: [`5:2 ${message(2)}`],
    },
  },
});
