import { uselessInSection } from "../../../src/lint/rules/useless-in-section.ts";
import { testRule } from "../test-rule.ts";

testRule(uselessInSection, {
  accept: {
    "a Directory": "<Directory /a>\nAllowOverride None\nOptions FollowSymLinks\n</Directory>\n",
    "options that count": "<Location /a>\nOptions +ExecCGI -Indexes\n</Location>\n",
    "links of an expression for folders": "<DirectoryMatch ^/a>\nOptions FollowSymLinks\n</DirectoryMatch>\n",
    "the server": "Options FollowSymLinks\n",
  },
  reject: {
    "AllowOverride in Location and Files": {
      config: "<Location /a>\nAllowOverride None\n</Location>\n<Files b>\nallowoverride All\n</Files>\n",
      findings: [
        "2:1 Useless AllowOverride: access files are looked for before <Location> counts",
        "5:1 Useless allowoverride: access files are looked for before <Files> counts",
      ],
    },
    "AllowOverride in 1.3": {
      config: "<Location /a>\nAllowOverride None\n</Location>\n",
      dialect: "1.3",
      findings: ["2:1 Useless AllowOverride: access files are looked for before <Location> counts"],
    },
    "AllowOverride under an expression": {
      config: "<DirectoryMatch ^/a>\nAllowOverride None\n</DirectoryMatch>\n",
      findings: [
        "2:1 Useless AllowOverride: access files are looked for before <DirectoryMatch> with a pattern counts",
      ],
    },
    "options for links": {
      config:
        "<Location /a>\nOptions Indexes FollowSymLinks\n</Location>\n<Files b>\nOptions -SymLinksIfOwnerMatch\n</Files>\n",
      findings: [
        "2:17 Useless FollowSymLinks: links are checked before <Location> counts",
        "5:9 Useless -SymLinksIfOwnerMatch: links are followed before <Files> counts",
      ],
    },
  },
});
