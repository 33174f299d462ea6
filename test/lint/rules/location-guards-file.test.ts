import { locationGuardsFile } from "../../../src/lint/rules/location-guards-file.ts";
import { testRule } from "../test-rule.ts";

testRule(locationGuardsFile, {
  accept: {
    "one way": "DocumentRoot /srv/www\nAlias /a /srv/a\n<Location /a>\nRequire ip 10\n</Location>\n",
    "both ways guarded":
      "DocumentRoot /srv/www\nAlias /a /srv/www/b\n<Location /a>\nRequire ip 10\n</Location>\n<Location /b>\nRequire ip 10\n</Location>\n",
    "no guard": "DocumentRoot /srv/www\nAlias /a /srv/www/b\n<Location /a>\nRequire all granted\n</Location>\n",
  },
  reject: {
    "a folder below the document root": {
      config: "DocumentRoot /srv/www\nAlias /admin/ /srv/www/tools/\n<Location /admin>\nRequire ip 10\n</Location>\n",
      findings: ['3:11 Guard with a gap: "/srv/www/tools" is "/tools" too, by DocumentRoot on line 1'],
    },
    "two aliases": {
      config: "Alias /a /srv/x\nAlias /b /srv\n<Location /a/c>\nRequire ip 10\n</Location>\n",
      findings: ['3:11 Guard with a gap: "/srv/x/c" is "/b/x/c" too, by Alias on line 2'],
    },
  },
});
