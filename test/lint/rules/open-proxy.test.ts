import { openProxy } from "../../../src/lint/rules/open-proxy.ts";
import { testRule } from "../test-rule.ts";

testRule(openProxy, {
  accept: {
    "a reverse proxy": "ProxyRequests Off\nProxyPass / http://b/\n",
    "a proxy for some": 'ProxyRequests On\n<Proxy "*">\nRequire ip 10.0.0.0/8\n</Proxy>\n',
    "1.3, for some": {
      config: "ProxyRequests On\n<Directory proxy:*>\nOrder deny,allow\nDeny from all\nAllow from 10\n</Directory>\n",
      dialect: "1.3",
    },
  },
  reject: {
    "a proxy for all": {
      config: "ProxyRequests On\nProxyPass / http://b/\n",
      findings: ["1:1 Open proxy: anybody may fetch any URL through this server"],
    },
    "a section that lets all in": {
      config: "ProxyRequests On\n<Proxy *>\nRequire all granted\n</Proxy>\n",
      findings: ["1:1 Open proxy: anybody may fetch any URL through this server"],
    },
  },
});
