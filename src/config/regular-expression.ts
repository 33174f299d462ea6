import type { Dialect } from "../../grammar/dialect.ts";
import { perlExpressionProblem } from "./perl-expression.ts";

/**
 * Why an expression cannot be compiled, or null. Only what any library of the kind refuses is reported: 1.3 has the POSIX
 * extended expressions of Henry Spencer's library, 2.x PCRE, and JavaScript's are neither. One pass, whatever the text.
 */
export function expressionProblem(expression: string, dialect: Dialect): string | null {
  return dialect === "1.3" ? posixProblem(expression) : perlExpressionProblem(expression);
}

/** regcomp.c of 1.3: empty alternatives, a repetition of nothing or of a repetition, brackets and braces. */
function posixProblem(text: string): string | null {
  if (text === "") return "it is empty";
  let depth = 0;
  // What stands before the next character: nothing, a caret (which nothing may repeat), an atom, or one that is repeated.
  let before: "start" | "caret" | "atom" | "repeated" = "start";
  const branches: boolean[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    switch (character) {
      case "\\":
        if (at + 1 === text.length) return "it ends in a backslash";
        at += 1;
        before = "atom";
        break;
      case "(":
        depth += 1;
        branches.push(text[at + 1] === ")");
        before = "start";
        break;
      case ")":
        if (depth === 0) {
          before = "atom";
          break;
        }
        if (before === "start" && branches.at(-1) !== true) return "an alternative in parentheses is empty";
        depth -= 1;
        branches.pop();
        before = "atom";
        break;
      case "|":
        if (before === "start") return "an alternative is empty";
        before = "start";
        break;
      case "[": {
        const end = endOfSet(text, at);
        if (end === -1) return "a [ has no ]";
        at = end;
        before = "atom";
        break;
      }
      case "*":
      case "+":
      case "?":
        if (before !== "atom") return `there is nothing for ${character} to repeat`;
        before = "repeated";
        break;
      case "{": {
        if (!/^\d/.test(text.slice(at + 1, at + 2))) {
          before = "atom";
          break;
        }
        if (before !== "atom") return "there is nothing for {…} to repeat";
        const bound = /^\{\d{1,5}(?:,\d{0,5})?\}/.exec(text.slice(at, at + 14));
        if (bound === null) return "a {…} is no repetition";
        at += bound[0].length - 1;
        before = "repeated";
        break;
      }
      case "^":
        before = "caret";
        break;
      default:
        before = "atom";
    }
  }
  if (depth > 0) return "a ( has no )";
  return before === "start" ? "an alternative is empty" : null;
}

/**
 * Offset of the bracket that ends a set, or -1. A bracket in first place is an ordinary character, and so are those of
 * `[:alpha:]`; a backslash hides nothing.
 */
function endOfSet(text: string, open: number): number {
  let at = open + 1;
  if (text[at] === "^") at += 1;
  if (text[at] === "]") at += 1;
  for (; at < text.length; at += 1) {
    if (text[at] === "]") return at;
    // Class names are short, so the look ahead is bounded.
    if (text[at] === "[") at += /^\[([:.=])[^\]]{1,20}\1\]/.exec(text.slice(at, at + 26))?.[0].slice(1).length ?? 0;
  }
  return -1;
}
