import { sslEngineMissing } from "../../../src/lint/rules/ssl-engine-missing.ts";
import { testRule } from "../test-rule.ts";

testRule(sslEngineMissing, {
  accept: {
    "an engine": "<VirtualHost *:443>\nSSLEngine on\nSSLCertificateFile /c.pem\n</VirtualHost>\n",
    "an engine of the server": "SSLEngine on\n<VirtualHost *:443>\nSSLCertificateFile /c.pem\n</VirtualHost>\n",
    "one that is off on purpose": "<VirtualHost *:443>\nSSLEngine off\nSSLCertificateFile /c.pem\n</VirtualHost>\n",
  },
  reject: {
    "no engine": {
      config: "<VirtualHost *:443>\n  SSLCertificateFile /c.pem\n</VirtualHost>\n",
      findings: ["2:3 Unused certificate: without SSLEngine this virtual host speaks plain HTTP"],
    },
  },
});
