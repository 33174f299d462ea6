import { virtualHostNotListened } from "../../../src/lint/rules/virtual-host-not-listened.ts";
import { testRule } from "../test-rule.ts";

testRule(virtualHostNotListened, {
  accept: {
    "a port that is listened to": "Listen 80\nListen 10.0.0.1:443\n<VirtualHost *:80 *:443>\n</VirtualHost>\n",
    "no port": "Listen 80\n<VirtualHost *>\n</VirtualHost>\n",
    "a file of hosts only": "<VirtualHost *:8080>\n</VirtualHost>\n",
    "1.3 with Port": { config: "Port 80\n<VirtualHost 10.0.0.1:80>\n</VirtualHost>\n", dialect: "1.3" },
  },
  reject: {
    "another port": {
      config: "Listen 80\n<VirtualHost 10.0.0.1:8080>\n</VirtualHost>\n",
      findings: ['2:14 Unreachable virtual host: nothing listens to port 8080 of "10.0.0.1:8080"'],
    },
    "1.3 without Listen": {
      config: "Port 80\n<VirtualHost 10.0.0.1:443>\n</VirtualHost>\n",
      dialect: "1.3",
      findings: ['2:14 Unreachable virtual host: nothing listens to port 443 of "10.0.0.1:443"'],
    },
  },
});
