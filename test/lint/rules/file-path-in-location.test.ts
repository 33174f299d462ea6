import { filePathInLocation } from "../../../src/lint/rules/file-path-in-location.ts";
import { testRule } from "../test-rule.ts";

testRule(filePathInLocation, {
  accept: {
    "a URL": "DocumentRoot /srv/www\n<Location /private>\n</Location>\n",
    "a folder in Directory": "DocumentRoot /srv/www\n<Directory /srv/www/private>\n</Directory>\n",
    "a short document root": "DocumentRoot /www\n<Location /www>\n</Location>\n",
  },
  reject: {
    "a folder": {
      config: "DocumentRoot /srv/www\n<Location /srv/www/private>\nRequire all denied\n</Location>\n",
      findings: [
        '2:11 Unreachable section: "/srv/www/private" is a folder of DocumentRoot, and a Location is compared with URLs',
      ],
    },
  },
});
