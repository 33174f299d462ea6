import { redirectLoop } from "../../../src/lint/rules/redirect-loop.ts";
import { testRule } from "../test-rule.ts";

testRule(redirectLoop, {
  accept: {
    "to a path beside it": "Redirect /x /xy\nRedirect /x/ /x\n",
    "to TLS": "<VirtualHost *:80>\nServerName a\nRedirect / https://a/\n</VirtualHost>\n",
    "to another name": "<VirtualHost *:80>\nServerName a\nRedirect / http://b/\n</VirtualHost>\n",
    "to another path":
      "<VirtualHost *:80>\nServerName a\nRedirect /x http://a/y\nRedirect /x http://a/xy\n</VirtualHost>\n",
    "where the port is not known": "<VirtualHost *>\nServerName a\nRedirect / https://a/\n</VirtualHost>\n",
  },
  reject: {
    "a path into itself, without a host": {
      config: "Redirect /x /x/y\nRedirect 301 / /index.php\n",
      findings: [
        '1:13 Endless redirect: "/x" fits its own target "/x/y" again',
        '2:16 Endless redirect: "/" fits its own target "/index.php" again',
      ],
    },
    "a host to itself": {
      config: "<VirtualHost *:443>\nServerName a\nRedirect permanent / https://A/\n</VirtualHost>\n",
      findings: ['3:22 Endless redirect: "https://A/" is this virtual host, and "/" fits it again'],
    },
    "a path into itself": {
      config: "<VirtualHost *:80>\nServerName b\nServerAlias a\nRedirect /x http://a/x/y\n</VirtualHost>\n",
      findings: ['4:13 Endless redirect: "http://a/x/y" is this virtual host, and "/x" fits it again'],
    },
  },
});
