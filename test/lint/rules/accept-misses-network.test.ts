import { acceptMissesNetwork } from "../../../src/lint/rules/accept-misses-network.ts";
import { testRule } from "../test-rule.ts";

testRule(acceptMissesNetwork, {
  accept: {
    "a network that holds the advertised address": "MulticastStats 10.0.0.1 10.0.0.255:4445\nAcceptStats 10.0.0.0/24\n",
    "a dotted mask": "MulticastStats 10.0.0.1:80 10.0.0.255:4445\nAcceptStats 10.0.0.0/255.255.255.0\n",
    "several lines that add up":
      "MulticastStats 10.0.0.1 192.168.1.255:4445\nAcceptStats 10.0.0.1\nAcceptStats 192.168.1.0/24\n",
    "a group, of which nothing can be told": "MulticastStats 239.255.1.1:4445,1\nAcceptStats 10.0.0.0/24\n",
    "a single address, whose answers may come otherwise": "MulticastStats 10.9.9.9:4445\nAcceptStats 10.0.0.0/24\n",
    "the broadcast address of every network": "MulticastStats 255.255.255.255:4445\nAcceptStats 10.0.0.0/24\n",
    "no AcceptStats, which is another rule's": "MulticastStats 10.0.0.1 10.0.0.255:4445\n",
    "an AcceptStats that cannot be read": "MulticastStats 10.0.0.255:4445\nAcceptStats somewhere\n",
  },
  reject: {
    "an advertised address outside": {
      config: "MulticastStats 10.0.0.1 239.255.1.1:4445,1\nAcceptStats 192.168.1.0/24\n",
      findings: ['1:16 Unaccepted address "10.0.0.1": no AcceptStats covers it'],
    },
    "a broadcast address outside": {
      config: "AcceptStats 192.168.1.0/24\nMulticastStats 10.0.0.255:4445\n",
      findings: ['2:16 Unaccepted address "10.0.0.255": no AcceptStats covers it'],
    },
  },
});
