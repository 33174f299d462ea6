import { templateFile } from "../../../src/lint/rules/template-file.ts";
import { testRule } from "../test-rule.ts";

testRule(templateFile, {
  accept: {
    "mail addresses": "ServerAdmin web@example.org\n",
    "a marker in a comment": "# @ServerRoot@ is replaced\nServerAdmin a\n",
    "parameters of a macro": "<Macro M @a @b>\nSetEnv x @a\n</Macro>\n",
  },
  reject: {
    "many markers, once": {
      config: "ServerRoot @ServerRoot@\nPort @@Port@@\nInclude @conf@/x.conf\n@@LoadModule@@\n",
      findings: ["1:12 Template: @ServerRoot@ is still to be replaced"],
      dialect: "1.3",
    },
  },
});
