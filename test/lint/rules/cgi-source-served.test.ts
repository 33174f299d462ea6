import { cgiSourceServed } from "../../../src/lint/rules/cgi-source-served.ts";
import { testRule } from "../test-rule.ts";

testRule(cgiSourceServed, {
  accept: {
    "beside the document root": "DocumentRoot /srv/www\nScriptAlias /cgi-bin/ /srv/cgi-bin/\n",
    "the same URL either way": "DocumentRoot /srv/www\nScriptAlias /cgi-bin/ /srv/www/cgi-bin/\n",
  },
  reject: {
    "another URL": {
      config: "DocumentRoot /srv/www\nScriptAlias /bin/ /srv/www/cgi-bin/\n",
      findings: [
        '2:19 Readable scripts: "/srv/www/cgi-bin/" lies in DocumentRoot, and as "/cgi-bin/" its files are sent as text',
      ],
    },
  },
});
