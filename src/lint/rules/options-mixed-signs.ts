import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

/** 2.4 refuses the line, which argument-value says; before it, a name without a sign throws away what was said so far. */
export const optionsMixedSigns = defineRule({
  id: "options-mixed-signs",
  summary: "Options have signs all or none",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3", "2.0", "2.2"],
  create: ({ report }) => ({
    directives: ["options"],
    directive(directive) {
      if (directive.key !== "options") return;
      const isSigned = (text: string): boolean => /^[+-]/.test(text);
      const [first] = directive.words;
      const odd = directive.words.find(({ value }) => isSigned(value) !== isSigned(first?.value ?? ""));
      if (odd === undefined) return;
      report({
        ...wordOnly(directive, odd),
        message: `Mixed Options: ${quote(odd.value)} ${isSigned(odd.value) ? "has a sign" : "has no sign"} and the name before it ${isSigned(odd.value) ? "has none" : "has one"}`,
        help: "a name without a sign replaces what is inherited, one with a sign changes it; httpd 2.4 refuses both together",
      });
    },
  }),
});
