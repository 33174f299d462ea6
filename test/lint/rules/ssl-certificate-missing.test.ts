import { sslCertificateMissing } from "../../../src/lint/rules/ssl-certificate-missing.ts";
import { testRule } from "../test-rule.ts";

testRule(sslCertificateMissing, {
  accept: {
    "a certificate": "<VirtualHost *:443>\nSSLEngine on\nSSLCertificateFile /c.pem\n</VirtualHost>\n",
    "a certificate of the server": "SSLCertificateFile /c.pem\n<VirtualHost *:443>\nSSLEngine on\n</VirtualHost>\n",
    "certificates that mod_md gets": "MDomain a.example\n<VirtualHost *:443>\nSSLEngine on\n</VirtualHost>\n",
  },
  reject: {
    none: {
      config: "<VirtualHost *:443>\nSSLEngine on\n</VirtualHost>\n",
      findings: ["2:1 No certificate: SSLEngine is on, and nothing names an SSLCertificateFile"],
    },
  },
});
