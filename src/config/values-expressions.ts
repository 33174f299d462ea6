import type { Word } from "../../grammar/word.ts";
import type { ActiveNode } from "./active-config.ts";
import { expressionProblem } from "./regular-expression.ts";
import { dialectOf } from "./value-problem.ts";
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
    if (skipped === 1 && (node.words[0]?.value ?? "") === "")
      return { message: `Missing header-field name for ${node.name}` };
    if (expression === undefined) return { message: `Missing regular expression for ${node.name}` };
    if (node.words.length < skipped + 2) return { message: `Missing variable for ${node.name}` };
    // 2.x compares plain text as it is, a backslash at its end included.
    if (dialectOf(node) !== "1.3" && !/[\^$.*?+()[\]{}|]/.test(expression.value)) return null;
    return compile(node, expression);
  };
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
  ["redirectmatch", (node) => (dialectOf(node) === "2.4" ? null : redirectMatch(node))],
  ["browsermatch", setEnvIf(0)],
  ["browsermatchnocase", setEnvIf(0)],
  ["setenvif", setEnvIf(1)],
  ["setenvifnocase", setEnvIf(1)],
];
