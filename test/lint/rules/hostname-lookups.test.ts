import { hostnameLookups } from "../../../src/lint/rules/hostname-lookups.ts";
import { testRule } from "../test-rule.ts";

testRule(hostnameLookups, {
  accept: { off: "HostnameLookups Off\n" },
  reject: {
    on: {
      config: "HostnameLookups On\n",
      findings: ["1:1 Slow requests: each client's name is asked of the DNS before it gets an answer"],
    },
  },
});
