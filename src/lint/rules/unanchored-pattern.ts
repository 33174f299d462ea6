import { dialects } from "../../../grammar/dialect.ts";
import { grantsAll, restricts, accessDirectives } from "../access-rules.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { directivesOf } from "../sections.ts";

/** `\.php` or `\.(php|inc)`: a name's ending was meant, and nothing says that it is the end. */
const ENDING = /^[^$]*\\\.(?:\w+\??|\w*\((?:\?:)?[\w|?]+\)|\w*\[\w+\]\w*)$/;

/** Expressions are searched for anywhere in the name: `\.php` fits `x.php.jpg` too. */
export const unanchoredPattern = defineRule({
  id: "unanchored-pattern",
  summary: "Patterns that run or open files say where the name ends",
  category: "security",
  severity: "warning",
  fixable: "unsafe",
  dialects,
  create: ({ report }) => ({
    section(section) {
      const tilde = section.key === "files" && section.words[0]?.value === "~";
      const word = section.words[tilde ? 1 : 0];
      if ((section.key !== "filesmatch" && !tilde) || word === undefined || word.value.length > 1000) return;
      if (!ENDING.test(word.value) || section.origin === null) return;
      const handler = directivesOf(section, "sethandler", "forcetype").find(
        ({ words }) => !/^(?:none|default-handler)$/i.test(words[0]?.value ?? ""),
      );
      const grant = accessDirectives(section).find(grantsAll);
      if (handler === undefined && (grant === undefined || restricts(section))) return;
      const end = word.quote === "" ? word.end : word.end - 1;
      report({
        ...wordOnly(section, word),
        message: `Unanchored pattern: ${quote(word.value)} also fits names that go on, which are then ${handler === undefined ? "open" : "run"}`,
        help: `write \`${word.value}$\``,
        ...(section.origin.expandedFrom === undefined && word.terminated
          ? { fix: { safe: false, edits: [{ start: end, end, text: "$" }] } }
          : {}),
      });
    },
  }),
});
