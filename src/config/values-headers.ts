import type { Word } from "../../grammar/word.ts";
import { headerActions } from "../../grammar/directives/header-actions.ts";
import type { ActiveNode } from "./active-config.ts";
import { expressionProblem } from "./regular-expression.ts";
import { only24, problemAt } from "./value-problem.ts";
import { expressionWord } from "./values-conditions.ts";
import type { ValueCheck, ValueProblem } from "./values.ts";

/**
 * `[always|onsuccess] action field [value [substitution]] [early|env=x|expr=x]`.
 * mod_headers.c header_inout_cmd, parse_format_string
 */
function header(node: ActiveNode): ValueProblem | null {
  const response = node.key === "header";
  let words = node.words;
  if (response && /^(?:always|onsuccess)$/i.test(words[0]?.value ?? "")) words = words.slice(1);
  const [action, field, first, second, third, ...surplus] = words;
  const verb = action?.value.toLowerCase() ?? "";
  if (action === undefined || !headerActions.some((known) => known === verb)) {
    const message = `Unknown action "${action?.value ?? ""}" for ${node.name}`;
    const help = `known are ${headerActions.join(", ")}`;
    return action === undefined ? { message, help } : problemAt(action, message, help);
  }
  if (surplus.length > 0) return { message: `${node.name} has too many arguments` };
  let clause: Word | undefined;
  let value: Word | undefined;
  if (verb.startsWith("edit")) {
    if (second === undefined) return { message: `${node.name} ${verb} needs a pattern and a substitution` };
    const problem = compile(node, first);
    if (problem !== null) return problem;
    [value, clause] = [second, third];
  } else if (third !== undefined) {
    return { message: `${node.name} ${verb} has too many arguments` };
  } else if (verb === "unset" || verb === "echo") {
    if (second !== undefined) return { message: `${node.name} ${verb} takes a field and a condition` };
    if (verb === "echo" && !response) return { message: "RequestHeader cannot echo" };
    const problem = verb === "echo" ? compile(node, field) : null;
    if (problem !== null) return problem;
    clause = first;
  } else {
    if (first === undefined) return { message: `${node.name} ${verb} needs a field and a value` };
    [value, clause] = [first, second];
  }
  return (clause === undefined ? null : clauseProblem(clause)) ?? (value === undefined ? null : formatProblem(value));
}

function compile(node: ActiveNode, word: Word | undefined): ValueProblem | null {
  const problem = word === undefined ? null : expressionProblem(word.value, "2.4");
  if (problem === null || word === undefined) return null;
  return problemAt(word, `Regular expression "${word.value}" of ${node.name} cannot be compiled: ${problem}`);
}

function clauseProblem(word: Word): ValueProblem | null {
  const text = word.value;
  if (text.toLowerCase() === "early") return null;
  if (/^env=/i.test(text)) return /^env=!?$/i.test(text) ? problemAt(word, "Expected a variable: env=name") : null;
  if (/^expr=/i.test(text)) return expressionWord(word, text.slice(5), "boolean");
  return problemAt(word, `Unknown condition "${text}"`, "known are early, env=name and expr=expression");
}

/** Bounded by the text: each percent sign is looked at once. */
function formatProblem(word: Word): ValueProblem | null {
  const text = word.value;
  if (text.startsWith("expr=")) return text.length === 5 ? null : expressionWord(word, text.slice(5), "string");
  for (let at = text.indexOf("%"); at !== -1; at = text.indexOf("%", at)) {
    at += 1;
    if (at === text.length) return null;
    if (text[at] === "{") {
      const end = text.indexOf("}", at);
      at = end === -1 ? text.length : end + 1;
    }
    const letter = text.charAt(at);
    if (!"%tDelbis".includes(letter) || letter === "") return problemAt(word, `Unknown format %${letter} in "${text}"`);
    at += 1;
  }
  return null;
}

/** Checks of mod_headers. */
export const headerChecks: readonly (readonly [string, ValueCheck])[] = [
  ["header", only24(header)],
  ["requestheader", only24(header)],
];
