import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveNode } from "../../config/active-config.ts";
import { fixAt, wordOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

/** `ErrorDocument 404 "text` with one quote is the form that httpd 1.3 documents, and later ones take. */
const ONE_QUOTE_IS_MEANT: ReadonlySet<string> = new Set(["errordocument"]);

/**
 * Without a closing quote the word runs to the end of the line, and httpd says nothing. Directives that split their line
 * themselves are left alone: their quotes may belong to an expression.
 */
export const unterminatedQuote = defineRule({
  id: "unterminated-quote",
  summary: "Every quoted argument has its closing quote",
  category: "syntax",
  severity: "warning",
  fixable: "safe",
  dialects,
  create: ({ report }) => {
    const check = (node: ActiveNode): void => {
      const word = node.words.at(-1);
      if (node.origin === null || word === undefined || word.terminated || node.spec === null) return;
      if (ONE_QUOTE_IS_MEANT.has(node.key) || (node.kind === "directive" && node.spec.args.includes("RAW_ARGS")))
        return;
      const place = wordOnly(node, word);
      // A backslash would escape the quote, and a variable's value may hold the one that is missing.
      const simple = !word.value.endsWith("\\") && !node.rawArgs.includes("${");
      report({
        ...place,
        message: `Expected a closing ${word.quote}`,
        help: "the argument runs to the end of the line",
        ...(simple ? fixAt(node.origin, true, [{ start: word.end, end: word.end, text: word.quote }]) : {}),
      });
    };
    return { directive: check, section: check };
  },
});
