import { statsAddress } from "../../../src/lint/rules/stats-address.ts";
import { testRule } from "../test-rule.ts";

testRule(statsAddress, {
  accept: {
    "all forms":
      "MulticastStats 239.1.2.3:4445,1\nMulticastStats 10.0.0.1 10.0.0.255:4445\nMulticastStats 10.0.0.1:80 10.0.0.255:4445\nAcceptStats 10.0.0.0/24\nAcceptStats 10.0.0.0/255.255.255.0\nAcceptStats 10.0.0.7\n",
    IPv6: "MulticastStats [ff02::1]:4445,1\nMulticastStats fd00::1 [ff15::1]:4445,1\nMulticastStats [fd00::1]:80 [ff02::1%br-lan]:4445,1\nAcceptStats fd00::/8\n",
    "host names, which are another rule's": "MulticastStats web-1.example.org 10.0.0.255:4445\n",
  },
  reject: {
    "no port": { config: "MulticastStats 239.1.2.3,1\n", findings: ['1:16 Missing port behind "239.1.2.3"'] },
    "a port that is none": {
      config: "MulticastStats 239.1.2.3:70000\nMulticastStats 10.0.0.1:x 239.1.2.3:4445\n",
      findings: ['1:16 Impossible port "70000"', '2:16 Impossible port "x"'],
    },
    "a TTL that is none": {
      config: "MulticastStats 239.1.2.3:4445,256\nMulticastStats 239.1.2.3:4445,\n",
      findings: ['1:16 Impossible TTL "256"', '2:16 Impossible TTL ""'],
    },
    "half an address": {
      config: "MulticastStats 10.0.0:4445\nAcceptStats 192.168.1/24\n",
      findings: ['1:16 Malformed address "10.0.0"', '2:13 Malformed network "192.168.1/24"'],
    },
    "a zone of a network": {
      config: "AcceptStats fe80::1%eth0\n",
      findings: ['1:13 Malformed network "fe80::1%eth0"'],
    },
    "a prefix that is too long": {
      config: "AcceptStats 10.0.0.0/33\nAcceptStats 10.0.0.0/255.0.255.0\n",
      findings: ['1:13 Malformed network "10.0.0.0/33"', '2:13 Malformed network "10.0.0.0/255.0.255.0"'],
    },
    "garbage of any length": {
      config:
        "MulticastStats a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-!:1\n",
      findings: ['1:16 Malformed address "a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-a.-…"'],
    },
  },
});
