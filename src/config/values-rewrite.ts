import { isBlank } from "../../grammar/characters.ts";
import type { Word } from "../../grammar/word.ts";
import type { ActiveNode } from "./active-config.ts";
import { expressionProblem } from "./regular-expression.ts";
import { dialectOf, isInside, only24, perDirectory, problemAt } from "./value-problem.ts";
import { expressionWord } from "./values-conditions.ts";
import type { ValueCheck, ValueProblem } from "./values.ts";

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
    // 2.4 takes the end of a quoted first argument for an empty second one.
    if (quote !== "" && args.length === 1 && at === raw.length) args.push("");
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
  const dialect = dialectOf(node);
  const unknown = flags === undefined || dialect !== "2.4" ? null : flagProblem(node, flags);
  if (unknown !== null) return { message: unknown, ...whole };
  const expression = isExpression(args)?.replace(/^!/, "");
  const problem = expression === undefined ? null : expressionProblem(expression, dialect);
  if (problem === null) return null;
  return { message: `Regular expression "${expression ?? ""}" cannot be compiled: ${problem}`, ...whole };
}

function rewriteRule(node: ActiveNode): ValueProblem | null {
  return rewrite(node, "a pattern and a substitution", ([pattern = ""]) => pattern);
}

/** Flags of RewriteRule with what may follow their `=`: nothing, something or either. */
const ruleFlags: ReadonlySet<string> = new Set(
  (
    "b bctls bne backrefnoplus bnp c chain co cookie dpi discardpath e env end f forbidden g gone h handler l last n next nc " +
    "nocase ne noescape ns nosubreq p proxy pt passthrough qsa qsappend qsd qsdiscard qsl qslast r redirect s skip t type " +
    "unc unsafeallow3f unsafeprefixstat unsafeprefixstatus unsafe_allow_3f unsafe_prefix_stat"
  ).split(" "),
);
const conditionFlags: ReadonlySet<string> = new Set(["nc", "nocase", "or", "ornext", "nv", "novary"]);

/** mod_rewrite.c cmd_parseflagfield, cmd_rewriterule_setflag */
function flagProblem(node: ActiveNode, flags: string): string | null {
  const known = node.key === "rewritecond" ? conditionFlags : ruleFlags;
  for (const flag of flags.slice(1, -1).split(",")) {
    const [key = "", value] = flag.trim().split("=", 2);
    if (!known.has(key.trim().toLowerCase())) return `Unknown flag "${key}" of ${node.name}`;
    if (
      /^(?:r|redirect)$/i.test(key) &&
      value !== undefined &&
      /^\d/.test(value) &&
      !isStatus(Number.parseInt(value, 10))
    )
      return `Status ${value} of ${node.name} is none that HTTP has`;
  }
  return null;
}

/** Codes that have a status line, or could have one. */
function isStatus(code: number): boolean {
  return code >= 100 && code < 600 && (code % 100 < 40 || code === 451);
}

/** Tests of files (`-f`) and comparisons (`<`, `>`, `=`) are no expressions, and neither is what follows `expr`. */
function rewriteCond(node: ActiveNode): ValueProblem | null {
  const [first, second] = rewriteArgs(node.rawArgs);
  const word = node.words[1];
  if (dialectOf(node) === "2.4" && first?.toLowerCase() === "expr" && second !== undefined && word !== undefined) {
    const problem = expressionWord(word, second, "boolean");
    if (problem !== null) return problem;
  }
  return rewrite(node, "a string and a pattern", ([test = "", pattern = ""]) =>
    test.toLowerCase() === "expr" || /^!?(?:-|<|>|=)/.test(pattern) ? null : pattern,
  );
}

/** Only where a directory is: mod_rewrite.c cmd_rewritebase */
function rewriteBase(node: ActiveNode): ValueProblem | null {
  const [word] = node.words;
  const inside = isInside(node, ...perDirectory);
  if (!inside) return { message: "RewriteBase is only for what belongs to a directory" };
  return word === undefined || word.value.startsWith("/")
    ? null
    : problemAt(word, `"${word.value}" is no path from the root`);
}

const options: ReadonlySet<string> = new Set(
  (
    "inherit inheritbefore inheritdown inheritdownbefore ignoreinherit allownoslash allowanyuri mergebase ignorecontextinfo " +
    "legacyprefixdocroot unsafeprefixstat longurloptimization"
  ).split(" "),
);

function rewriteOptions(node: ActiveNode): ValueProblem | null {
  const unknown = node.words.find(({ value }) => !options.has(value.toLowerCase()) && !/^maxredirects=/i.test(value));
  return unknown === undefined ? null : problemAt(unknown, `Unknown option "${unknown.value}" for RewriteOptions`);
}

/** `name type:source`; the functions of `int:` are four. */
function rewriteMap(node: ActiveNode): ValueProblem | null {
  const word: Word | undefined = node.words[1];
  if (word?.value.startsWith("int:") !== true) return null;
  if (/^(?:tolower|toupper|escape|unescape)$/.test(word.value.slice(4))) return null;
  return problemAt(
    word,
    `Unknown function "${word.value}" for RewriteMap`,
    "known are tolower, toupper, escape and unescape",
  );
}

/** Checks of mod_rewrite. */
export const rewriteChecks: readonly (readonly [string, ValueCheck])[] = [
  ["rewriterule", rewriteRule],
  ["rewritecond", rewriteCond],
  ["rewritebase", only24(rewriteBase)],
  ["rewriteoptions", only24(rewriteOptions)],
  ["rewritemap", only24(rewriteMap)],
];
