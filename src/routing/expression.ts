import type { ByteString } from "./bytes.ts";
import type { AskedRequest } from "./client-facts.ts";
import type { Token } from "./expression-tokens.ts";
import { expressionTokens } from "./expression-tokens.ts";
import type { Comparison, StringComparison } from "./expression-operators.ts";
import { binaryOperator, compareText, stringOperators, unaryOperator } from "./expression-operators.ts";
import type { Value } from "./expression-values.ts";
import { callable, parseInterpolated, parseVariable, valueText } from "./expression-values.ts";
import type { Pattern } from "./pattern.ts";
import { compilePattern } from "./pattern.ts";

/** A test of httpd 2.4's expressions (`<If>`, `Require expr`, SetEnvIfExpr), as far as it can be decided here. */
export type Expression =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "not"; readonly inner: Expression }
  | { readonly kind: "and" | "or"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "compare"; readonly operator: Comparison; readonly left: Value; readonly right: Value }
  | { readonly kind: "text"; readonly operator: StringComparison; readonly left: Value; readonly right: Value }
  | { readonly kind: "match"; readonly negated: boolean; readonly value: Value; readonly pattern: Pattern }
  | { readonly kind: "in"; readonly value: Value; readonly list: readonly Value[] }
  | {
      readonly kind: "test";
      readonly test: (value: ByteString, request: AskedRequest) => boolean;
      readonly value: Value;
    }
  /** Needs what is not known here; `why` names it. */
  | { readonly kind: "unknown"; readonly why: string };

/** Words that stand for symbols. */
const asWords: ReadonlyMap<string, string> = new Map([
  ["and", "&&"],
  ["or", "||"],
  ["not", "!"],
]);

/** Parentheses and `!` in each other; httpd's own limit is its stack. */
const DEPTH = 100;

class Unreadable extends Error {}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#or(0);
    if (this.#at < this.#tokens.length) throw new Unreadable(`"${this.#peek()?.text ?? ""}" is not expected`);
    return expression;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  /** `&&`, or the word `and`; and so on. */
  #take(text: string): boolean {
    const token = this.#peek();
    const isThere =
      (token?.kind === "symbol" && token.text === text) || (token?.kind === "word" && asWords.get(token.text) === text);
    if (!isThere) return false;
    this.#at++;
    return true;
  }

  #or(depth: number): Expression {
    let left = this.#and(depth);
    while (this.#take("||")) left = { kind: "or", left, right: this.#and(depth) };
    return left;
  }

  #and(depth: number): Expression {
    let left = this.#not(depth);
    while (this.#take("&&")) left = { kind: "and", left, right: this.#not(depth) };
    return left;
  }

  #not(depth: number): Expression {
    if (depth > DEPTH) throw new Unreadable("it is nested too deeply");
    if (this.#take("!")) return { kind: "not", inner: this.#not(depth + 1) };
    if (this.#take("(")) {
      const inner = this.#or(depth + 1);
      if (!this.#take(")")) throw new Unreadable('a "(" without its ")"');
      return inner;
    }
    const token = this.#peek();
    if (token?.kind === "word" && /^(?:true|false)$/.test(token.text)) {
      this.#at++;
      return { kind: "constant", value: token.text === "true" };
    }
    if (token?.kind === "operator" && /^-[a-zA-Z]$/.test(token.text)) {
      this.#at++;
      const value = this.#value(depth);
      const test = unaryOperator(token.text);
      return test === null ? { kind: "unknown", why: token.text } : { kind: "test", test, value };
    }
    return this.#comparison(depth);
  }

  #comparison(depth: number): Expression {
    const left = this.#value(depth);
    const token = this.#peek();
    this.#at++;
    if (token?.kind === "symbol" && (token.text === "=~" || token.text === "!~")) return this.#match(left, token.text);
    if (token?.kind === "word" && token.text === "in") return this.#in(left, depth);
    const text = stringOperators.get(token?.text ?? "");
    if (token?.kind === "symbol" && text !== undefined) {
      return { kind: "text", operator: text, left, right: this.#value(depth) };
    }
    const operator = token === undefined || token.kind === "text" ? undefined : binaryOperator(token.text);
    if (operator === undefined) throw new Unreadable(`"${token?.text ?? ""}" is no comparison`);
    const right = this.#value(depth);
    return { kind: "compare", operator, left, right };
  }

  #match(value: Value, operator: string): Expression {
    const token = this.#peek();
    this.#at++;
    if (token?.kind !== "pattern") throw new Unreadable(`no regular expression behind ${operator}`);
    if (token.text.includes("%{")) return { kind: "unknown", why: "a variable in a regular expression" };
    const pattern = compilePattern(`${token.flags.includes("m") ? "(?m)" : ""}${token.text}`, "pcre", {
      ignoreCase: token.flags.includes("i"),
    });
    if ("error" in pattern) return { kind: "unknown", why: pattern.error };
    return { kind: "match", negated: operator === "!~", value, pattern };
  }

  #in(value: Value, depth: number): Expression {
    if (!this.#take("{")) return { kind: "unknown", why: "a list that a function makes" };
    const list = [this.#value(depth)];
    while (this.#take(",")) list.push(this.#value(depth));
    if (!this.#take("}")) throw new Unreadable('a "{" without its "}"');
    return { kind: "in", value, list };
  }

  /** Words joined by dots. */
  #value(depth: number): Value {
    let value = this.#single(depth);
    while (this.#take(".")) value = { kind: "joined", parts: [value, this.#single(depth)] };
    return value;
  }

  #single(depth: number): Value {
    if (depth > DEPTH) throw new Unreadable("it is nested too deeply");
    const token = this.#peek();
    this.#at++;
    switch (token?.kind) {
      case "text":
        return parseInterpolated(token.text);
      case "variable":
        return parseVariable(token.text);
      case "number":
        return { kind: "literal", text: token.text };
      case "word": {
        if (!this.#take("(")) throw new Unreadable(`"${token.text}" is no value`);
        const argument = this.#value(depth + 1);
        if (!this.#take(")")) throw new Unreadable('a "(" without its ")"');
        return { kind: "call", name: token.text.toLowerCase(), argument };
      }
      default:
        throw new Unreadable(`"${token?.text ?? ""}" is no value`);
    }
  }
}

/** Reads an expression. What cannot be read or known here becomes `unknown`, never an exception. */
export function parseExpression(source: ByteString): Expression {
  const tokens = expressionTokens(source);
  if ("error" in tokens) return { kind: "unknown", why: tokens.error };
  try {
    return new Parser(tokens).whole();
  } catch (error) {
    if (error instanceof Unreadable) return { kind: "unknown", why: error.message };
    throw error;
  }
}

/**
 * Whether it holds for a request; null when that depends on what is not known here. Of `&&` and `||` one side may decide.
 * httpd 2.4 util_expr_eval.c ap_expr_eval
 */
export function evaluate(expression: Expression, request: AskedRequest): boolean | null {
  const text = (value: Value): ByteString | null => valueText(value, request);
  const both = (left: Value, right: Value, test: (a: ByteString, b: ByteString) => boolean): boolean | null => {
    const [a, b] = [text(left), text(right)];
    return a === null || b === null ? null : test(a, b);
  };
  switch (expression.kind) {
    case "constant":
      return expression.value;
    case "unknown":
      return null;
    case "not": {
      const inner = evaluate(expression.inner, request);
      return inner === null ? null : !inner;
    }
    case "and":
    case "or": {
      const deciding = expression.kind === "or";
      const left = evaluate(expression.left, request);
      if (left === deciding) return deciding;
      const right = evaluate(expression.right, request);
      return right === deciding ? deciding : left === null || right === null ? null : !deciding;
    }
    case "text":
      return both(expression.left, expression.right, (a, b) => compareText(expression.operator, a, b));
    case "compare":
      return both(expression.left, expression.right, expression.operator);
    case "match": {
      const value = text(expression.value);
      return value === null ? null : expression.pattern.test(value) !== expression.negated;
    }
    case "in": {
      const value = text(expression.value);
      const list = expression.list.map(text);
      if (value !== null && list.includes(value)) return true;
      return value === null || list.includes(null) ? null : false;
    }
    case "test": {
      const value = text(expression.value);
      return value === null ? null : expression.test(value, request);
    }
    default:
      return expression satisfies never;
  }
}

/** What in an expression can never be known here, or null when every request decides it. */
export function undecidable(expression: Expression): string | null {
  switch (expression.kind) {
    case "constant":
      return null;
    case "unknown":
      return expression.why;
    case "not":
      return undecidable(expression.inner);
    case "and":
    case "or":
      return undecidable(expression.left) ?? undecidable(expression.right);
    case "compare":
    case "text":
      return unknownIn(expression.left) ?? unknownIn(expression.right);
    case "match":
    case "test":
      return unknownIn(expression.value);
    case "in":
      return [expression.value, ...expression.list].map(unknownIn).find((why) => why !== null) ?? null;
    default:
      return expression satisfies never;
  }
}

/** What a value depends on that is not known here; null: nothing. */
export function unknownIn(value: Value): string | null {
  switch (value.kind) {
    case "literal":
    case "field":
    case "property":
      return null;
    case "unknown":
      return value.name;
    case "joined":
      return value.parts.map(unknownIn).find((why) => why !== null) ?? null;
    case "call":
      return unknownIn(value.argument) ?? (callable.has(value.name) ? null : `${value.name}()`);
    default:
      return value satisfies never;
  }
}
