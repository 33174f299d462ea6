import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveDirective } from "../../config/active-config.ts";
import { argumentProblem } from "../../config/arguments.ts";
import { valueProblem } from "../../config/values.ts";
import type { TextEdit } from "../../diagnostics/diagnostic.ts";
import { fixAt, wordOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

/** Values that begin like a comment: colours of php_value, fragments of a URL. */
const MEANT = /^#(?:[0-9a-f]{3,8}|[\w-]*[=;/].*)$/i;

/** Index of the word with which a comment begins, or -1. A single `#word` that httpd takes may be a value. */
function commentIn(directive: ActiveDirective): number {
  const at = directive.words.findIndex(
    ({ quote, value }) => quote === "" && value.startsWith("#") && !MEANT.test(value),
  );
  if (at === -1) return -1;
  const value = directive.words[at]?.value ?? "";
  const isLast = at === directive.words.length - 1;
  const bare = /^#+$/.test(value);
  return !bare && isLast && argumentProblem(directive) === null ? -1 : at;
}

/** Puts the comment on a line of its own above the directive. */
function move(directive: ActiveDirective, index: number): readonly TextEdit[] | null {
  const { line, reading } = directive.origin;
  const comment = directive.words[index];
  if (line.kind !== "directive" || line.continued || comment === undefined) return null;
  const text = reading.source.text.slice(line.start, line.end);
  const indent = /^[ \t]*/.exec(text)?.[0] ?? "";
  const from = directive.words[index - 1]?.end ?? line.nameEnd;
  const moved = reading.source.text.slice(comment.start, line.argsEnd);
  return [
    { start: line.start, end: line.start, text: `${indent}${moved}${text.endsWith("\r\n") ? "\r\n" : "\n"}` },
    { start: from, end: line.argsEnd, text: "" },
  ];
}

/**
 * httpd has no comments behind a directive: the words of the comment are arguments. Directives that take any number of them
 * swallow it silently, but for a warning of 1.3's.
 */
export const lineEndComment = defineRule({
  id: "line-end-comment",
  summary: "No comment follows a directive on its line",
  category: "syntax",
  severity: "warning",
  fixable: "safe",
  dialects,
  shadows: ["argument-count", "argument-value"],
  create: ({ report }) => ({
    directive(directive) {
      const index = commentIn(directive);
      const word = directive.words[index];
      if (word === undefined || directive.spec === null) return;
      const edits = move(directive, index);
      const place = wordOnly(directive, word);
      const end = "argsEnd" in directive.origin.line ? directive.origin.line.argsEnd : word.end;
      report({
        ...place,
        span: { start: word.start, end: Math.max(word.end, end) },
        message: `Comment behind ${directive.name}: httpd takes it for arguments`,
        help: "put it on a line of its own",
        fatal: argumentProblem(directive) !== null || valueProblem(directive) !== null,
        ...(edits === null ? {} : fixAt(directive.origin, true, edits)),
      });
    },
  }),
});
