import { lineEndComment } from "../../../src/lint/rules/line-end-comment.ts";
import { testRule } from "../test-rule.ts";

testRule(lineEndComment, {
  accept: {
    "a comment of its own": "# c\nServerAdmin a\n",
    "a hash in a word": "ServerAdmin a#b\n",
    "a hash in quotes": 'ServerAdmin "# a"\n',
    "a colour": { config: "php_value highlight.comment #FF8000\n", dialect: "1.3" },
    "a single word that is taken": "<VirtualHost *>\nServerAlias #a\n</VirtualHost>\n",
    "text behind a tag, which httpd ignores": "<Directory /x> # c\n</Directory>\n",
  },
  reject: {
    "a comment that is an argument too many": {
      config: "  Timeout 30 # seconds\n",
      findings: ["1:14 Comment behind Timeout: httpd takes it for arguments"],
      fatal: true,
      fixed: "  # seconds\n  Timeout 30\n",
    },
    "a comment that is swallowed": {
      config: "<VirtualHost *>\nServerAlias a # the other\n</VirtualHost>\n",
      findings: ["2:15 Comment behind ServerAlias: httpd takes it for arguments"],
      fixed: "<VirtualHost *>\n# the other\nServerAlias a\n</VirtualHost>\n",
    },
    "without a blank": {
      config: "Timeout 30 #seconds\n",
      findings: ["1:12 Comment behind Timeout: httpd takes it for arguments"],
      fatal: true,
      fixed: "#seconds\nTimeout 30\n",
    },
    "in continued lines, which stay": {
      config: "Timeout 30 \\\n # seconds\n",
      findings: ["2:2 Comment behind Timeout: httpd takes it for arguments"],
      fatal: true,
    },
  },
});
