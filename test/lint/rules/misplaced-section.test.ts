import { misplacedSection } from "../../../src/lint/rules/misplaced-section.ts";
import { testRule } from "../test-rule.ts";

testRule(misplacedSection, {
  accept: {
    "Directory in VirtualHost": "<VirtualHost 10.0.0.1>\n<Directory /x>\n</Directory>\n</VirtualHost>\n",
    "Files in Directory": "<Directory /x>\n<Files f>\n</Files>\n</Directory>\n",
  },
  reject: {
    "Location in Directory": {
      config: "<Directory /x>\n<Location /y>\n</Location>\n</Directory>\n",
      findings: ["2:1 <Location not allowed in <Directory> context"],
      fatal: true,
    },
    "Files in Location": {
      config: "<Location /y>\n<Files f>\n</Files>\n</Location>\n",
      findings: ["2:1 <Files> cannot occur within <Location> section"],
      fatal: true,
    },
  },
});
