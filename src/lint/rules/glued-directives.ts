import { lookupDirective } from "../../../grammar/directives/lookup.ts";
import { dialects, type Dialect } from "../../../grammar/dialect.ts";
import type { Word } from "../../../grammar/word.ts";
import type { ActiveDirective } from "../../config/active-config.ts";
import { fixAt, wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

/**
 * Directives whose arguments come from a closed set, by lower-case name: only of these can be said that the name of another
 * directive is none of their arguments.
 */
const TAKES: ReadonlyMap<string, RegExp> = new Map([
  [
    "options",
    /^[+-]?(?:none|all|indexes|includes|includesnoexec|followsymlinks|symlinksifownermatch|execcgi|multiviews|runscripts)$/i,
  ],
  ["allowoverride", /^(?:none|all|authconfig|fileinfo|indexes|limit|options|nonfatal)(?:=\S*)?$/i],
  ["order", /^(?:deny,allow|allow,deny|mutual-failure)$/i],
  ["satisfy", /^(?:all|any)$/i],
  ["sethandler", /^[\w.-]+$/],
]);

/** `Allow from all`, `Deny from 10.0.0.0/8`: what follows is any number of hosts, none of which is called like this. */
const TAKES_HOSTS: ReadonlySet<string> = new Set(["allow", "deny"]);

/**
 * Whether a word is the name of one of a dialect's directives as some manual writes it; in another case it may well be a
 * value.
 */
function isName(dialect: Dialect, word: string): boolean {
  if (!/^[A-Z]/.test(word) || lookupDirective(dialect, word, false).length === 0) return false;
  return dialects.some((one) => lookupDirective(one, word, false).some(({ name }) => name === word));
}

/** Words at which another directive begins, when everything before it is what the directive before it takes. */
function beginnings(directive: ActiveDirective, dialect: Dialect): readonly Word[] {
  const found: Word[] = [];
  let key = directive.key;
  let seen = 0;
  for (const word of directive.words) {
    const complete = seen > 0 && (!TAKES_HOSTS.has(key) || seen > 1);
    if (word.quote === "" && complete && isName(dialect, word.value)) {
      found.push(word);
      key = word.value.toLowerCase();
      seen = 0;
      continue;
    }
    const fits = TAKES_HOSTS.has(key)
      ? seen > 0 || word.value.toLowerCase() === "from"
      : TAKES.get(key)?.test(word.value);
    if (fits !== true) return [];
    seen++;
  }
  return seen > 0 ? found : [];
}

/** How many blanks stand before an offset; a loop, since one line may have a hundred thousand words. */
function blanksBefore(text: string, offset: number, from: number): number {
  let at = offset;
  while (at > from && (text[at - 1] === " " || text[at - 1] === "\t")) at--;
  return offset - at;
}

/** `Options None Order allow,deny Allow from all`: line ends that a paste has lost. */
export const gluedDirectives = defineRule({
  id: "glued-directives",
  summary: "Every directive has a line of its own",
  category: "syntax",
  severity: "error",
  fixable: "safe",
  dialects,
  shadows: ["argument-count", "argument-value"],
  create: ({ config, report }) => ({
    directives: [...TAKES.keys(), ...TAKES_HOSTS],
    directive(directive) {
      if (directive.words.length < 2 || (!TAKES.has(directive.key) && !TAKES_HOSTS.has(directive.key))) return;
      const { line, reading } = directive.origin;
      const at = beginnings(directive, config.dialect);
      const [first] = at;
      if (first === undefined || (line.kind === "directive" && line.continued)) return;
      const text = reading.source.text.slice(line.start, line.end);
      const indent = /^[ \t]*/.exec(text)?.[0] ?? "";
      const edits = at.map((word) => {
        const blanks = blanksBefore(reading.source.text, word.start, line.start);
        return {
          start: word.start - blanks,
          end: word.start,
          text: `${text.endsWith("\r\n") ? "\r\n" : "\n"}${indent}`,
        };
      });
      report({
        ...wordOnly(directive, first),
        message: `Expected ${quote(first.value)} on a line of its own`,
        help: `httpd takes it for an argument of ${directive.name}`,
        fatal: true,
        ...fixAt(directive.origin, true, edits),
      });
    },
  }),
});
