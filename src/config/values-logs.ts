import type { Word } from "../../grammar/word.ts";
import type { ActiveNode } from "./active-config.ts";
import { only24, problemAt } from "./value-problem.ts";
import { expressionWord } from "./values-conditions.ts";
import type { ValueCheck, ValueProblem } from "./values.ts";

/** Letters of mod_log_config, mod_logio (I, O, S) and mod_ssl (c, x). */
const accessLetters = "aAbBcCDefhHiIklLmnoOpPqrRsStTuUvVXx%";
/** Letters of ErrorLogFormat; core.c and log.c. */
const errorLetters = "aAeEFiklLmMnPTtvV% ";

interface Format {
  readonly letters: string;
  /** Names behind a caret, two letters each. */
  readonly carets: readonly string[];
}

const access: Format = { letters: accessLetters, carets: ["FB", "FU", "ti", "to"] };

/**
 * Directives of a format: `%`, then modifiers in any order (`!`, status codes, `<`, `>`, `{…}`), then a letter.
 * mod_log_config.c parse_log_item
 */
function formatProblem(word: Word, { letters, carets }: Format): ValueProblem | null {
  const text = word.value;
  for (let at = text.indexOf("%"); at !== -1; at = text.indexOf("%", at)) {
    at += 1;
    while (/[!<>,0-9{+-]/.test(text.charAt(at))) {
      if (text[at] === "{") {
        const end = text.indexOf("}", at);
        if (end === -1) return problemAt(word, `A { has no } in the format "${text}"`);
        at = end;
      }
      at += 1;
    }
    if (at >= text.length) return problemAt(word, `The format "${text}" ends within a directive`);
    const long = text[at] === "^";
    const name = long ? text.slice(at + 1, at + 3) : text.charAt(at);
    if (long ? !carets.includes(name) : !letters.includes(name))
      return problemAt(word, `Unknown directive %${long ? "^" : ""}${name} in the format "${text}"`);
    at += long ? 3 : 1;
  }
  return null;
}

const accessWithoutSsl: Format = { ...access, letters: accessLetters.replace(/[cx]/g, "") };

/** Whether a format of an access log has directives that only mod_ssl brings, `%c` or `%{name}x`. */
export function isSslFormat(word: Word): boolean {
  return formatProblem(word, access) === null && formatProblem(word, accessWithoutSsl) !== null;
}

function logFormat(node: ActiveNode): ValueProblem | null {
  const [format] = node.words;
  return format === undefined ? null : formatProblem(format, access);
}

/** `CustomLog file format [env=x|expr=x]` */
function customLog(node: ActiveNode): ValueProblem | null {
  const [, format, clause] = node.words;
  if (clause !== undefined) {
    if (/^env=/i.test(clause.value)) {
      if (clause.value.length === 4) return problemAt(clause, "Expected a variable: env=name");
    } else if (!/^expr=/i.test(clause.value)) {
      return problemAt(clause, `Unknown condition "${clause.value}"`, "known are env=name and expr=expression");
    } else {
      const problem = expressionWord(clause, clause.value.slice(5), "boolean");
      if (problem !== null) return problem;
    }
  }
  return format === undefined ? null : formatProblem(format, access);
}

/** `ErrorLogFormat [connection|request] format`; the one for messages must hold the message, the others must not. */
function errorLogFormat(node: ActiveNode): ValueProblem | null {
  const [first, second] = node.words;
  if (first === undefined) return null;
  if (second === undefined) {
    const problem = formatProblem(first, { letters: errorLetters, carets: [] });
    if (problem !== null) return problem;
    return /%(?:\{[^}]*\}|[-+0-9])*M/.test(first.value.slice(0, 8192))
      ? null
      : problemAt(first, "A format without %M has no message");
  }
  if (!/^(?:request|connection)$/i.test(first.value)) return problemAt(first, "Expected request or connection");
  if (/%(?:\{[^}]*\}|[-+0-9])*M/.test(second.value.slice(0, 8192)))
    return problemAt(second, `%M has no place in what is written once for each ${first.value}`);
  return formatProblem(second, { letters: errorLetters, carets: [] });
}

/** Checks of the formats and conditions of logs. */
export const logChecks: readonly (readonly [string, ValueCheck])[] = [
  ["logformat", only24(logFormat)],
  ["transferlog", only24(() => null)],
  ["customlog", only24(customLog)],
  ["globallog", only24(customLog)],
  ["errorlogformat", only24(errorLogFormat)],
];
