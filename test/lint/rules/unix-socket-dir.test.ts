import { unixSocketDir } from "../../../src/lint/rules/unix-socket-dir.ts";
import { testRule } from "../test-rule.ts";

testRule(unixSocketDir, {
  accept: {
    "it is set": "UnixSocketDir /var/backhand\nMulticastStats 239.1.2.3:4445,1\n",
    "mod_backhand is not used": "Listen 80\n",
  },
  reject: {
    "it is missing": {
      config: "Listen 80\nMulticastStats 239.1.2.3:4445,1\n<Location /a>\nBackhand byLoad\n</Location>\n",
      findings: ["2:1 Missing UnixSocketDir"],
    },
  },
});
