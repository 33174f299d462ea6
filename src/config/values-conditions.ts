import type { Word } from "../../grammar/word.ts";
import type { ActiveNode } from "./active-config.ts";
import { conditionProblem, type ExpressionResult } from "./expression.ts";
import { only24, problemAt } from "./value-problem.ts";
import type { ValueCheck, ValueProblem } from "./values.ts";

/** A word that is an expression, or null when it is fine. */
export function expressionWord(word: Word, text: string, result: ExpressionResult): ValueProblem | null {
  const problem = conditionProblem(text, result);
  return problem === null ? null : problemAt(word, `Expression "${text}" cannot be parsed: ${problem}`);
}

/** `<If expression>`, in one word. */
function condition(node: ActiveNode): ValueProblem | null {
  const [word] = node.words;
  return word === undefined ? null : expressionWord(word, word.value, "boolean");
}

/** A word that is an expression when it starts with `expr=`. */
function optional(index: number): ValueCheck {
  return (node) => {
    const word = node.words[index];
    if (word?.value.startsWith("expr=") !== true || word.value.length === 5) return null;
    return expressionWord(word, word.value.slice(5), "string");
  };
}

/** `SetEnvIfExpr expression variable…` */
function setEnvIfExpr(node: ActiveNode): ValueProblem | null {
  const [word, variable] = node.words;
  if (word === undefined) return { message: `Missing expression for ${node.name}` };
  const problem = expressionWord(word, word.value, "boolean");
  return problem ?? (variable === undefined ? { message: `Missing variable for ${node.name}` } : null);
}

/** Texts of an ErrorDocument are expressions with variables in them, unless they are URLs of other servers. */
function errorText(node: ActiveNode): ValueProblem | null {
  const [, word] = node.words;
  if (word === undefined || /^[A-Za-z0-9+.-]+:/.test(word.value) || word.value.toLowerCase() === "default") return null;
  return word.value === "" ? null : expressionWord(word, word.value, "string");
}

const checks24: readonly (readonly [string, ValueCheck])[] = [
  ["<if", condition],
  ["<elseif", condition],
  ["sethandler", optional(0)],
  ["setenvifexpr", setEnvIfExpr],
  [
    "filterprovider",
    (node) => (node.words[2] === undefined ? null : expressionWord(node.words[2], node.words[2].value, "boolean")),
  ],
];

/** Checks of the expressions of 2.4, whoever has one; RewriteCond, Header and the logs look at theirs themselves. */
export const conditionChecks: readonly (readonly [string, ValueCheck])[] = checks24.map(([name, check]) => [
  name,
  only24(check),
]);

/** See errorDocument of values-words.ts, which looks at the code first. */
export const errorDocumentText: ValueCheck = only24(errorText);
