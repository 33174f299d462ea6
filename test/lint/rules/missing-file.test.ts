import { missingFile } from "../../../src/lint/rules/missing-file.ts";
import { testRule } from "../test-rule.ts";

testRule(missingFile, {
  accept: {
    "a folder that is there": { config: "DocumentRoot /srv/www\n", files: { "/srv/www/index.html": "" } },
    "a folder of another machine": "DocumentRoot /srv/www/htdocs\n",
    "what is only known later": "DocumentRoot ${ROOT}/www\n",
    "a certificate that is there": { config: "SSLCertificateFile /etc/tls/a.pem\n", files: { "/etc/tls/a.pem": "" } },
  },
  reject: {
    "a slip in the name": {
      config: "SSLCertificateFile /etc/tls/b.pem\nDocumentRoot /etc/tls/a.pem\n",
      files: { "/etc/tls/a.pem": "" },
      findings: [
        '1:20 Missing certificate: "/etc/tls/b.pem" is not there, though its folder is',
        '2:14 Expected a folder: "/etc/tls/a.pem" is a file',
      ],
    },
  },
});
