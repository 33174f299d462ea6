import { htFilesOpen } from "../../../src/lint/rules/ht-files-open.ts";
import { testRule } from "../test-rule.ts";

testRule(htFilesOpen, {
  accept: {
    "a guard":
      'Listen 80\nDocumentRoot /w\n<Directory /w>\nAllowOverride All\n</Directory>\n<Files ".ht*">\nRequire all denied\n</Files>\n',
    "a guard of old days": {
      config:
        'Port 80\nDocumentRoot /w\n<Directory /w>\nAllowOverride All\n</Directory>\n<Files ~ "^\\.ht">\nOrder allow,deny\nDeny from all\n</Files>\n',
      dialect: "1.3",
    },
    "no access files": "Listen 80\nDocumentRoot /w\n<Directory /w>\nAllowOverride None\n</Directory>\n",
    "a piece": "<Directory /w>\nAllowOverride All\n</Directory>\n",
  },
  reject: {
    "no guard": {
      config: "Listen 80\nDocumentRoot /w\n<Directory /w>\nAllowOverride All\n</Directory>\n",
      findings: ["4:1 Readable access files: .htaccess is obeyed, and nothing keeps .ht files from being fetched"],
    },
  },
});
