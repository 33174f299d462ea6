import { dialects } from "../../../grammar/dialect.ts";
import { wholeLine } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { firstWord } from "../sections.ts";

export const serverTokens = defineRule({
  id: "server-tokens",
  summary: "The Server field does not tell versions and modules",
  category: "security",
  severity: "info",
  fixable: "no",
  dialects,
  create: ({ report }) => ({
    directives: ["servertokens"],
    directive(directive) {
      if (directive.key !== "servertokens" || !/^(?:full|os|min(?:imal)?)$/i.test(firstWord(directive))) return;
      report({
        ...wholeLine(directive.origin),
        message: `Talkative Server field: ${quote(firstWord(directive))} tells everybody the version`,
        help: "write `ServerTokens Prod`",
      });
    },
  }),
});
