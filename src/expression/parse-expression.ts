import type {
  ComparisonSign,
  Condition,
  ExpressionList,
  ExpressionProblem,
  ExpressionWord,
} from "./expression-tree.ts";
import { ExpressionError } from "./expression-error.ts";
import { MAX_DEPTH, Scanner, type Token } from "./scanner.ts";

/** What the stack of httpd's parser holds (YYMAXDEPTH, and one less). */
const MAX_STACK = 9999;

const numberSigns: ReadonlyMap<string, ComparisonSign> = new Map<string, ComparisonSign>([
  ["eq", "=="],
  ["ne", "!="],
  ["lt", "<"],
  ["le", "<="],
  ["gt", ">"],
  ["ge", ">="],
]);
const textSigns: ReadonlyMap<string, ComparisonSign> = new Map<string, ComparisonSign>([
  ["=", "=="],
  ...(["==", "!=", "<", "<=", ">", ">="] as const).map((sign) => [sign, sign] as const),
]);

/** 2.4 server/util_expr_parse.y, by recursive descent. */
class Parser {
  readonly #scanner: Scanner;
  #token: Token;
  #depth = 0;
  /** What httpd's parser has on its stack: the start and the kind of expression first. It keeps chains there to their end. */
  #stack = 2;

  constructor(text: string) {
    this.#scanner = new Scanner(text);
    this.#token = this.#scanner.next();
  }

  /** `root ::= or end` */
  whole(): Condition {
    const condition = this.#or();
    if (this.#token.kind !== "end") throw this.#unexpected();
    return condition;
  }

  /** `or ::= and ("||" and)*` */
  #or(): Condition {
    this.#enter();
    const condition = this.#chain("or", () => this.#chain("and", () => this.#not()));
    this.#depth -= 1;
    return condition;
  }

  #chain(kind: "and" | "or", part: () => Condition): Condition {
    const stack = this.#stack;
    const parts = [part()];
    while (this.#token.kind === kind) {
      this.#advance();
      this.#stack += 2;
      parts.push(part());
    }
    this.#stack = stack;
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind, parts };
  }

  /** `not ::= ("!")* term` */
  #not(): Condition {
    let nots = 0;
    for (; this.#token.kind === "not"; nots += 1) this.#advance();
    this.#stack += nots;
    const term = this.#term();
    this.#stack -= nots;
    return nots % 2 === 0 ? term : { kind: "not", inner: term };
  }

  /** `term ::= "true" | "false" | "(" or ")" | unary word | word binary word | word compare word | word "=~" pattern | word "in" list` */
  #term(): Condition {
    this.#push(1);
    const { kind, at } = this.#token;
    if (kind === "true" || kind === "false") {
      this.#advance();
      return { kind: "constant", value: kind === "true" };
    }
    if (kind === "(") {
      this.#advance();
      this.#stack += 1;
      const inner = this.#or();
      this.#stack -= 1;
      this.#expect(")");
      return inner;
    }
    if (kind === "unary") {
      const operator = this.#token.text;
      this.#advance();
      return { kind: "unary", operator, word: this.#word(), at };
    }
    return this.#comparison(this.#word());
  }

  #comparison(left: ExpressionWord): Condition {
    const token = this.#token;
    if (token.kind === "compare") {
      this.#advance();
      const text = textSigns.get(token.text);
      const sign = text ?? numberSigns.get(token.text.replace("-", ""));
      if (sign === undefined) throw new ExpressionError(`unexpected "${token.text}"`, token.at);
      return { kind: "compare", as: text === undefined ? "number" : "text", sign, left, right: this.#right() };
    }
    if (token.kind === "binary") {
      this.#advance();
      return { kind: "binary", operator: token.text.toLowerCase(), left, right: this.#right(), at: token.at };
    }
    if (token.kind === "match") {
      this.#advance();
      if (this.#token.kind !== "pattern") throw this.#unexpected();
      const { pattern } = this.#token;
      this.#advance();
      return { kind: "match", negated: token.text === "!~", word: left, pattern };
    }
    if (token.kind === "in") {
      this.#advance();
      return { kind: "in", word: left, list: this.#list() };
    }
    throw new ExpressionError(`unexpected ${this.#shown()}, a comparison was expected`, token.at);
  }

  /** The word behind an operator. */
  #right(): ExpressionWord {
    this.#stack += 2;
    const word = this.#word();
    this.#stack -= 2;
    return word;
  }

  /** `word ::= part ("." part)*` */
  #word(): ExpressionWord {
    this.#enter();
    const stack = this.#stack;
    const parts = [this.#part()];
    while (this.#token.kind === "concat") {
      this.#advance();
      this.#stack += 2;
      parts.push(this.#part());
    }
    this.#stack = stack;
    this.#depth -= 1;
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: "joined", parts };
  }

  /** `part ::= number | text | variable | "$" digit | id "(" word ")"` */
  #part(): ExpressionWord {
    this.#push(3);
    const token = this.#token;
    if (token.kind === "word") {
      this.#advance();
      return token.word;
    }
    if (token.kind === "id") return this.#call(token.text, token.at);
    throw this.#unexpected();
  }

  /** `id "(" word ")"` */
  #call(name: string, at: number): Extract<ExpressionWord, { kind: "call" }> {
    this.#advance();
    this.#expect("(");
    this.#stack += 2;
    const argument = this.#word();
    this.#stack -= 2;
    this.#expect(")");
    return { kind: "call", name, argument, at };
  }

  /** `list ::= id "(" word ")" | "{" word ("," word)* "}"` */
  #list(): ExpressionList {
    if (this.#token.kind === "id") return this.#call(this.#token.text, this.#token.at);
    this.#expect("{");
    const words = [this.#word()];
    while (this.#token.kind === ",") {
      this.#advance();
      words.push(this.#word());
    }
    this.#expect("}");
    return { kind: "words", words };
  }

  #advance(): void {
    this.#token = this.#scanner.next();
  }

  #expect(kind: Token["kind"]): void {
    if (this.#token.kind !== kind) throw this.#unexpected();
    this.#advance();
  }

  #unexpected(): ExpressionError {
    return new ExpressionError(`unexpected ${this.#shown()}`, this.#token.at);
  }

  #shown(): string {
    const token = this.#token;
    if (token.kind === "end") return token.text === "" ? "end" : `end: a ${token.text} has no second one`;
    if (token.kind === "pattern") return "regular expression";
    if (token.kind !== "word") return `"${token.text.slice(0, 40)}"`;
    return token.word.kind === "number" ? `"${token.word.text.slice(0, 40)}"` : "text or variable";
  }

  /** Whether httpd has room for some more symbols. */
  #push(symbols: number): void {
    if (this.#stack + symbols > MAX_STACK) throw new ExpressionError("it has too many parts for httpd", this.#token.at);
  }

  #enter(): void {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new ExpressionError("it is nested too deep", this.#token.at);
  }
}

function attempt<Result>(read: () => Result): { readonly value: Result } | { readonly problem: ExpressionProblem } {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof ExpressionError) return { problem: { message: error.message, at: error.at } };
    throw error;
  }
}

/**
 * The tree of a condition (`<If>`, `Require expr`), or why httpd 2.4 does not read it. Names of variables, functions and
 * operators are not looked up and regular expressions not compiled. One pass over the text, whatever is in it.
 */
export function parseCondition(text: string): { readonly value: Condition } | { readonly problem: ExpressionProblem } {
  return attempt(() => new Parser(text).whole());
}

/** The same for a text with variables in it (what is behind `expr=` in Header and SetHandler); an empty one is none. */
export function parseText(text: string): { readonly value: ExpressionWord } | { readonly problem: ExpressionProblem } {
  if (text === "") return { problem: { message: "it is empty", at: 0 } };
  return attempt(() => new Scanner(text).text(""));
}
