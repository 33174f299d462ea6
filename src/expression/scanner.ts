import type { ExpressionPattern, ExpressionWord } from "./expression-tree.ts";
import { ExpressionError } from "./expression-error.ts";

/** What one piece of an expression is. Quoted texts, variables and regular expressions are read whole. */
export type Token =
  | { readonly kind: "word"; readonly word: ExpressionWord; readonly at: number }
  | { readonly kind: "pattern"; readonly pattern: ExpressionPattern; readonly at: number }
  | { readonly kind: PlainKind; readonly text: string; readonly at: number };

type PlainKind =
  | ("true" | "false" | "id" | "compare" | "match" | "in" | "unary" | "binary" | "or" | "and" | "not" | "concat")
  | ("(" | ")" | "{" | "}" | "," | "end");

/** Variables and functions inside each other. */
export const MAX_DEPTH = 500;

/** Characters of a regular expression, and of a text between what is put in; httpd's buffers are that large. */
const MAX_TEXT = 8191;

const operators: ReadonlyMap<string, PlainKind> = new Map<string, PlainKind>([
  ...["=", "==", "!=", "<", "<=", ">", ">=", "-eq", "-ne", "-ge", "-le", "-gt", "-lt"].map(
    (text) => [text, "compare"] as const,
  ),
  ...["lt", "le", "gt", "ge", "ne", "eq"].map((text) => [text, "compare"] as const),
  ["=~", "match"],
  ["!~", "match"],
  ["-in", "in"],
  ["in", "in"],
  ["and", "and"],
  ["&&", "and"],
  ["or", "or"],
  ["||", "or"],
  ["not", "not"],
  ["!", "not"],
  [".", "concat"],
  ["true", "true"],
  ["false", "false"],
  ...(["(", ")", "{", "}", ","] as const).map((text) => [text, text] as const),
]);

/** The longest token at a place; sticky, so that each character is looked at a bounded number of times. */
const tokenPattern =
  /m[/#$%^,;:?|!.'"-]|m_(?![a-zA-Z0-9_])|[a-zA-Z][a-zA-Z0-9_]*|-[a-zA-Z_][a-zA-Z_0-9]*|-?[0-9]+|%\{|\$[0-9]|==|!=|<=|>=|=~|!~|&&|\|\||[=<>!.(){},/"']/y;

/** Characters of a text that mean nothing but themselves, wherever it ends. */
const plainText = /[^"'\\%$\n}]+/y;

const escapes: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["b", "\b"],
  ["f", "\f"],
]);

/** Splits an expression. 2.4 server/util_expr_scan.l */
export class Scanner {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): Token {
    while (/[ \t\n]/.test(this.#text.charAt(this.#at))) this.#at += 1;
    const at = this.#at;
    if (at >= this.#text.length) return { kind: "end", text: "", at };
    tokenPattern.lastIndex = at;
    const text = tokenPattern.exec(this.#text)?.[0];
    if (text === undefined) throw new ExpressionError(`parse error near '${this.#text.charAt(at)}'`, at);
    this.#at += text.length;
    if (text === "%{") return { kind: "word", word: this.#variable(), at };
    if (text === '"' || text === "'") return { kind: "word", word: this.text(text), at };
    if (text === "/" || /^m[^a-zA-Z0-9]$/.test(text)) return this.#pattern(text.slice(-1), at);
    const operator = operators.get(text);
    if (operator !== undefined) return { kind: operator, text, at };
    if (text.startsWith("$")) return { kind: "word", word: { kind: "reference", index: Number(text.slice(1)) }, at };
    if (/^-?[0-9]/.test(text)) return { kind: "word", word: { kind: "number", text }, at };
    if (text.startsWith("-")) return { kind: text.length === 2 ? "unary" : "binary", text: text.slice(1), at };
    return { kind: "id", text, at };
  }

  /** Text up to a quote, a bracket, or to the end when `stop` is empty, with what is put in. */
  text(stop: '"' | "'" | "}" | ""): ExpressionWord {
    const parts: ExpressionWord[] = [];
    let plain = "";
    const flush = (): void => {
      if (plain !== "") parts.push({ kind: "text", text: plain });
      plain = "";
    };
    for (;;) {
      const character = this.#text.charAt(this.#at);
      if (character === "" && stop === "") break;
      if (character === "" || character === "\n") throw this.#error("a text or variable has no end");
      plainText.lastIndex = this.#at;
      const run = plainText.exec(this.#text)?.[0] ?? character;
      this.#at += run.length;
      if (character === stop) break;
      const next = this.#text.charAt(this.#at);
      if (character === "\\") {
        plain += this.#escape();
      } else if (character === "%" && next === "{") {
        this.#at += 1;
        flush();
        parts.push(this.#variable());
      } else if (character === "$" && /\d/.test(next)) {
        this.#at += 1;
        flush();
        parts.push({ kind: "reference", index: Number(next) });
      } else if (stop === "}" && (character === '"' || character === "'")) {
        // Its scanner has no rule for that and ends the whole server.
        throw this.#error("httpd cannot read a quote in a variable, unless a backslash stands in front");
      } else {
        plain += run;
      }
      if (plain.length > MAX_TEXT) throw this.#error(`a text has more than ${MAX_TEXT} characters`);
    }
    flush();
    const [only] = parts;
    if (only === undefined) return { kind: "text", text: "" };
    return parts.length === 1 ? only : { kind: "joined", parts };
  }

  /** What stands for a backslash and what is behind it; nothing may not be behind it. */
  #escape(): string {
    const digits = /^\d+/.exec(this.#text.slice(this.#at, this.#at + 4))?.[0];
    if (digits !== undefined) {
      const octal = /^[0-7]{1,3}/.exec(digits)?.[0] ?? "";
      if (octal === "" || octal.length < digits.length || parseInt(octal, 8) > 255)
        throw this.#error("bad escape sequence in a text");
      this.#at += octal.length;
      return String.fromCharCode(parseInt(octal, 8));
    }
    const letter = this.#text.charAt(this.#at);
    if (letter === "") throw this.#error("nothing is behind a backslash");
    this.#at += 1;
    return escapes.get(letter) ?? letter;
  }

  /** `variable ::= "%{" id "}" | "%{" id ":" text "}"`, behind the opening bracket. */
  #variable(): ExpressionWord {
    const at = this.#at;
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw this.#error("it is nested too deep");
    const name = /^[a-zA-Z][a-zA-Z0-9_]*/.exec(this.#text.slice(at, at + 200))?.[0] ?? "";
    this.#at += name.length;
    const next = this.#text.charAt(this.#at);
    if (name === "" || (next !== "}" && next !== ":")) throw this.#error("a text or variable has no end");
    this.#at += 1;
    if (next === "}") {
      this.#depth -= 1;
      return { kind: "variable", name, at };
    }
    const start = this.#at;
    const argument = this.text("}");
    if (this.#at === start + 1) throw this.#error("unexpected end of a variable");
    this.#depth -= 1;
    return { kind: "call", name, argument, at };
  }

  /** A regular expression up to its second delimiter, and its flag. Without the delimiter the text ends where it starts. */
  #pattern(delimiter: string, at: number): Token {
    const start = this.#at;
    const end = this.#text.indexOf(delimiter, start);
    if (end === -1) {
      this.#at = this.#text.length;
      return { kind: "end", text: delimiter, at };
    }
    if (end - start > MAX_TEXT)
      throw new ExpressionError(`a regular expression has more than ${MAX_TEXT} characters`, start);
    const ignoreCase = this.#text[end + 1] === "i";
    this.#at = end + (ignoreCase ? 2 : 1);
    return { kind: "pattern", pattern: { text: this.#text.slice(start, end), ignoreCase, at: start }, at };
  }

  #error(message: string): ExpressionError {
    return new ExpressionError(message, this.#at);
  }
}
