import { passwordFileServed } from "../../../src/lint/rules/password-file-served.ts";
import { testRule } from "../test-rule.ts";

testRule(passwordFileServed, {
  accept: {
    "beside the served folder": "DocumentRoot /srv/www\n<Directory /srv/www>\nAuthUserFile /srv/passwd\n</Directory>\n",
    "a name that is denied":
      "DocumentRoot /srv/www\n<Directory /srv/www>\nAuthUserFile /srv/www/.htpasswd\n</Directory>\n",
    "a folder that only begins alike":
      "DocumentRoot /srv/www\n<Directory /x>\nAuthUserFile /srv/www2/passwd\n</Directory>\n",
  },
  reject: {
    "in the document root": {
      config: "DocumentRoot /srv/www/\n<Directory /srv/www>\nAuthUserFile /srv/www/conf/passwd\n</Directory>\n",
      findings: ['3:14 Served secret: "/srv/www/conf/passwd" lies in the folder of DocumentRoot on line 1'],
    },
    "in an alias": {
      config: "Alias /a /srv/a\n<VirtualHost *:443>\nSSLCertificateKeyFile /srv/a/key.pem\n</VirtualHost>\n",
      findings: ['3:23 Served secret: "/srv/a/key.pem" lies in the folder of Alias on line 1'],
    },
  },
});
