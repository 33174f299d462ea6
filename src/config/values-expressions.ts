import { isBlank } from "../../grammar/characters.ts";
import type { Word } from "../../grammar/word.ts";
import type { ActiveNode } from "./active-config.ts";
import { expressionProblem } from "./regular-expression.ts";
import type { ValueCheck, ValueProblem } from "./values.ts";

function compile(node: ActiveNode, word: Word | undefined, expression = word?.value): ValueProblem | null {
  if (word === undefined || expression === undefined) return null;
  const problem = expressionProblem(expression, node.origin?.reading.tree.dialect ?? "2.4");
  if (problem === null) return null;
  return { message: `Regular expression "${expression}" cannot be compiled: ${problem}`, span: word };
}

/** `<DirectoryMatch re>`, `<Directory ~ re>` and their kin; the argument itself may be missing or more than one. */
function matchSection(node: ActiveNode): ValueProblem | null {
  return compile(node, node.words[0]);
}

function tildeSection(node: ActiveNode): ValueProblem | null {
  return node.words[0]?.value === "~" ? compile(node, node.words[1]) : null;
}

function firstWord(node: ActiveNode): ValueProblem | null {
  return compile(node, node.words[0]);
}

/** RedirectMatch takes an optional status in front. */
function redirectMatch(node: ActiveNode): ValueProblem | null {
  const [first, second] = node.words;
  const status = first !== undefined && /^(?:\d{3}|permanent|temp|seeother|gone)$/i.test(first.value);
  return compile(node, status ? second : first);
}

/**
 * `BrowserMatch re var…`, `SetEnvIf attribute re var…`.
 * mod_setenvif.c add_setenvif_core
 */
function setEnvIf(skipped: 0 | 1): ValueCheck {
  return (node) => {
    const expression = node.words[skipped];
    if (skipped === 1 && node.words.length === 0) return { message: `Missing header-field name for ${node.name}` };
    if (expression === undefined) return { message: `Missing regular expression for ${node.name}` };
    if (node.words.length < skipped + 2) return { message: `Missing variable for ${node.name}` };
    return compile(node, expression);
  };
}

/**
 * The first three arguments of RewriteRule and RewriteCond, which split their line themselves: a backslash keeps a blank, a
 * quote holds up to the next one of its kind, and what follows the third is not looked at.
 * mod_rewrite.c parseargline
 */
function rewriteArgs(raw: string): readonly string[] {
  const args: string[] = [];
  let at = 0;
  while (args.length < 3) {
    while (at < raw.length && isBlank(raw.charCodeAt(at))) at += 1;
    if (at >= raw.length) break;
    const quote = raw[at] === '"' || raw[at] === "'" ? raw.charAt(at) : "";
    if (quote !== "") at += 1;
    const start = at;
    for (; at < raw.length; at += 1) {
      if (quote === "" ? isBlank(raw.charCodeAt(at)) : raw[at] === quote) break;
      if (raw[at] === "\\" && isBlank(raw.charCodeAt(at + 1))) at += 1;
    }
    args.push(raw.slice(start, at));
    at += 1;
  }
  return args;
}

function rewrite(
  node: ActiveNode,
  needed: string,
  isExpression: (args: readonly string[]) => string | null,
): ValueProblem | null {
  const args = rewriteArgs(node.rawArgs);
  if (args.length < 2) return { message: `${node.name} needs ${needed}` };
  const [first] = node.words;
  const last = node.words.at(-1);
  const whole = first === undefined || last === undefined ? {} : { span: { start: first.start, end: last.end } };
  const flags = args[2];
  if (flags !== undefined && !(flags.startsWith("[") && flags.endsWith("]"))) {
    const help = "flags stand in brackets and without blanks: [R=301,L]";
    return { message: `Flags ${flags} of ${node.name} are not in brackets`, ...whole, help };
  }
  const expression = isExpression(args)?.replace(/^!/, "");
  const dialect = node.origin?.reading.tree.dialect ?? "2.4";
  const problem = expression === undefined ? null : expressionProblem(expression, dialect);
  if (problem === null) return null;
  return { message: `Regular expression "${expression ?? ""}" cannot be compiled: ${problem}`, ...whole };
}

function rewriteRule(node: ActiveNode): ValueProblem | null {
  return rewrite(node, "a pattern and a substitution", ([pattern = ""]) => pattern);
}

/** Tests of files (`-f`) and comparisons (`<`, `>`, `=`) are no expressions, and neither is what follows `expr`. */
function rewriteCond(node: ActiveNode): ValueProblem | null {
  return rewrite(node, "a string and a pattern", ([test = "", pattern = ""]) =>
    test.toLowerCase() === "expr" || /^!?(?:-|<|>|=)/.test(pattern) ? null : pattern,
  );
}

/** Checks of regular expressions. */
export const expressionChecks: readonly (readonly [string, ValueCheck])[] = [
  ["<directorymatch", matchSection],
  ["<locationmatch", matchSection],
  ["<filesmatch", matchSection],
  ["<proxymatch", matchSection],
  ["<directory", tildeSection],
  ["<location", tildeSection],
  ["<files", tildeSection],
  ["<proxy", tildeSection],
  ["aliasmatch", firstWord],
  ["scriptaliasmatch", firstWord],
  ["redirectmatch", redirectMatch],
  ["browsermatch", setEnvIf(0)],
  ["browsermatchnocase", setEnvIf(0)],
  ["setenvif", setEnvIf(1)],
  ["setenvifnocase", setEnvIf(1)],
  ["rewriterule", rewriteRule],
  ["rewritecond", rewriteCond],
];
