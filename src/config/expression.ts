import { subnetVerdict } from "./ip-subnet.ts";
import { expressionProblem } from "./regular-expression.ts";

/**
 * What an expression yields: a truth value (If, ElseIf, Require expr), or a text with variables in it (the values of Header
 * and SetHandler that start with `expr=`).
 */
export type ExpressionResult = "boolean" | "string";

/** Parentheses, functions and variables inside each other; bison gives up later, and nobody nests ten. */
const MAX_DEPTH = 500;

/** Names that 2.4's core has; what modules add is in {@link ofModules}. */
const variables: ReadonlySet<string> = new Set(
  (
    "HTTP_ACCEPT HTTP_COOKIE HTTP_FORWARDED HTTP_HOST HTTP_PROXY_CONNECTION HTTP_REFERER HTTP_USER_AGENT REQUEST_METHOD " +
    "REQUEST_SCHEME REQUEST_URI REQUEST_FILENAME REMOTE_HOST REMOTE_IDENT REMOTE_USER SERVER_ADMIN SERVER_NAME SERVER_PORT " +
    "SERVER_PROTOCOL SCRIPT_FILENAME PATH_INFO QUERY_STRING IS_SUBREQ DOCUMENT_ROOT AUTH_TYPE THE_REQUEST CONTENT_TYPE " +
    "HANDLER REQUEST_LOG_ID SCRIPT_USER SCRIPT_GROUP DOCUMENT_URI LAST_MODIFIED CONTEXT_PREFIX CONTEXT_DOCUMENT_ROOT " +
    "REQUEST_STATUS REMOTE_ADDR REMOTE_PORT HTTPS IPV6 CONN_LOG_ID CONN_REMOTE_ADDR SERVER_PROTOCOL_VERSION " +
    "SERVER_PROTOCOL_VERSION_MAJOR SERVER_PROTOCOL_VERSION_MINOR TIME_YEAR TIME_MON TIME_DAY TIME_HOUR TIME_MIN TIME_SEC " +
    "TIME_WDAY TIME SERVER_SOFTWARE API_VERSION"
  ).split(" "),
);
const ofModules = /^(?:SSL_|HTTP2$|H2_?PUSH|H2_STREAM)/i;
const functions: ReadonlySet<string> = new Set(
  (
    "osenv env resp req http note reqenv tolower toupper escape unescape file filesize filemod base64 unbase64 sha1 md5 ldap " +
    "req_novary http_novary ssl"
  ).split(" "),
);
const listFunctions: ReadonlySet<string> = new Set(["peerextlist"]);
const unary = /^[ndefsLhFUATRzx]$/;
const binary: ReadonlySet<string> = new Set(["ipmatch", "strmatch", "strcmatch", "fnmatch"]);

type TokenKind =
  | "true"
  | "false"
  | "digits"
  | "id"
  | "quote"
  | "variable"
  | "reference"
  | "regex"
  | "compare"
  | "match"
  | "in"
  | "unary"
  | "binary"
  | "or"
  | "and"
  | "not"
  | "concat"
  | "("
  | ")"
  | "{"
  | "}"
  | ","
  | "end";

interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const operators: ReadonlyMap<string, TokenKind> = new Map<string, TokenKind>([
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
]);

/** The longest token at a place; sticky, so that each character is looked at a bounded number of times. */
const tokenPattern =
  /m[/#$%^,;:_?|!.'"-]|[a-zA-Z][a-zA-Z0-9_]*|-[a-zA-Z_][a-zA-Z_0-9]*|-?[0-9]+|%\{|\$[0-9]|==|!=|<=|>=|=~|!~|&&|\|\||[=<>!.(){},/"']/y;

/** Carries what is wrong out of the recursion; never leaves this file. */
class Refusal extends Error {}

class Checker {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  /** Behind the last quoted text. */
  #wordEnd = 0;
  #token: Token = { kind: "end", text: "" };

  constructor(text: string) {
    this.#text = text;
  }

  /** `root ::= condition end` */
  boolean(): void {
    this.#advance();
    this.#condition();
    if (this.#token.kind !== "end") throw new Refusal(`unexpected ${this.#shown()}`);
  }

  /** `root ::= text end`; an empty text is none. */
  string(): void {
    if (this.#text === "") throw new Refusal("it is empty");
    this.#string("");
  }

  /** `condition ::= term (("&&" | "||") term)*`; which binds stronger changes nothing here. */
  #condition(): void {
    this.#enter();
    for (;;) {
      while (this.#token.kind === "not") this.#advance();
      this.#term();
      if (this.#token.kind !== "or" && this.#token.kind !== "and") break;
      this.#advance();
    }
    this.#depth -= 1;
  }

  /** `term ::= "true" | "false" | "(" condition ")" | unary word | word binary word | word compare word | word "=~" regex | word "in" list` */
  #term(): void {
    const { kind, text } = this.#token;
    if (kind === "true" || kind === "false") {
      this.#advance();
      return;
    }
    if (kind === "(") {
      this.#advance();
      this.#condition();
      this.#expect(")");
      return;
    }
    if (kind === "unary") {
      if (!unary.test(text.slice(1))) throw new Refusal(`unary operator '${text.slice(1)}' does not exist`);
      this.#advance();
      this.#word();
      return;
    }
    this.#word();
    const operator = this.#token;
    switch (operator.kind) {
      case "compare":
        this.#advance();
        this.#word();
        return;
      case "binary":
        if (!binary.has(operator.text.slice(1).toLowerCase()))
          throw new Refusal(`binary operator '${operator.text.slice(1)}' does not exist`);
        this.#advance();
        if (operator.text.toLowerCase() === "-ipmatch") this.#subnet();
        else this.#word();
        return;
      case "match":
        this.#advance();
        this.#expect("regex");
        return;
      case "in":
        this.#advance();
        this.#list();
        return;
      default:
        throw new Refusal(`unexpected ${this.#shown()}, a comparison was expected`);
    }
  }

  /** `word ::= part ("." part)*` */
  #word(): void {
    this.#enter();
    this.#part();
    while (this.#token.kind === "concat") {
      this.#advance();
      this.#part();
    }
    this.#depth -= 1;
  }

  /** The right side of -ipmatch must be a text without variables, which is read at once. */
  #subnet(): void {
    const start = this.#at;
    const quoted = this.#token.kind === "quote";
    this.#word();
    const [text, quote] = [this.#text.slice(start, this.#wordEnd - 1), this.#text[this.#wordEnd - 1]];
    if (
      !quoted ||
      text.includes("%{") ||
      /\$\d/.test(text) ||
      this.#text[start - 1] !== quote ||
      text.includes(quote ?? "")
    )
      throw new Refusal("-ipmatch needs a network as a plain text");
    if (subnetVerdict(text) !== "ok") throw new Refusal(`'${text}' is no network`);
  }

  /** `part ::= digits | quoted | variable | "$" digit | id "(" word ")"` */
  #part(): void {
    switch (this.#token.kind) {
      case "digits":
      case "reference":
        this.#advance();
        return;
      case "quote":
        this.#string(this.#token.text);
        this.#wordEnd = this.#at;
        this.#advance();
        return;
      case "variable":
        this.#variable();
        this.#advance();
        return;
      case "id": {
        const name = this.#token.text;
        this.#advance();
        this.#expect("(");
        this.#word();
        this.#expect(")");
        if (!functions.has(name.toLowerCase())) throw new Refusal(`function '${name}' does not exist`);
        return;
      }
      default:
        throw new Refusal(`unexpected ${this.#shown()}`);
    }
  }

  /** `list ::= id "(" word ")" | "{" word ("," word)* "}"` */
  #list(): void {
    if (this.#token.kind === "id") {
      const name = this.#token.text;
      this.#advance();
      this.#expect("(");
      this.#word();
      this.#expect(")");
      if (!listFunctions.has(name.toLowerCase())) throw new Refusal(`function '${name}' does not exist`);
      return;
    }
    this.#expect("{");
    this.#word();
    while (this.#token.kind === ",") {
      this.#advance();
      this.#word();
    }
    this.#expect("}");
  }

  /** Text up to a quote, or to the end when the quote is empty, with the variables in it. */
  #string(stop: string): void {
    for (;;) {
      const character = this.#text.charAt(this.#at);
      if (character === "" && stop === "") return;
      if (character === "" || character === "\n") throw new Refusal("a text or variable has no end");
      this.#at += 1;
      if (character === stop) return;
      if (character === "\\") this.#escape();
      else if (character === "%" && this.#text[this.#at] === "{") {
        this.#at += 1;
        this.#variable();
      }
    }
  }

  #escape(): void {
    const digits = /^\d+/.exec(this.#text.slice(this.#at, this.#at + 4))?.[0];
    if (digits === undefined) {
      this.#at += 1;
      return;
    }
    const octal = /^[0-7]{1,3}/.exec(digits)?.[0] ?? "";
    if (octal === "" || octal.length < digits.length || parseInt(octal, 8) > 255)
      throw new Refusal("bad escape sequence in a text");
    this.#at += octal.length;
  }

  /** `variable ::= "%{" id "}" | "%{" id ":" text "}"`, behind the opening bracket. */
  #variable(): void {
    this.#enter();
    const name = /^[a-zA-Z][a-zA-Z0-9_]*/.exec(this.#text.slice(this.#at, this.#at + 200))?.[0] ?? "";
    this.#at += name.length;
    const next = this.#text.charAt(this.#at);
    if (name === "" || (next !== "}" && next !== ":")) throw new Refusal("a text or variable has no end");
    this.#at += 1;
    if (next === "}") {
      if (!variables.has(name.toUpperCase()) && !ofModules.test(name))
        throw new Refusal(`variable '${name}' does not exist`);
    } else {
      const start = this.#at;
      this.#string("}");
      if (this.#at === start + 1) throw new Refusal("unexpected end of a variable");
      if (!functions.has(name.toLowerCase())) throw new Refusal(`function '${name}' does not exist`);
    }
    this.#depth -= 1;
  }

  /** A regular expression up to its second delimiter, and its flag. Without the delimiter the text ends where it starts. */
  #regex(delimiter: string): void {
    const end = this.#text.indexOf(delimiter, this.#at);
    if (end === -1) {
      this.#at = this.#text.length;
      this.#token = { kind: "end", text: "" };
      return;
    }
    const problem = expressionProblem(this.#text.slice(this.#at, end), "2.4");
    if (problem !== null) throw new Refusal(`a regular expression cannot be compiled: ${problem}`);
    this.#at = end + 1;
    if (this.#text[this.#at] === "i") this.#at += 1;
  }

  #advance(): void {
    while (/[ \t\n]/.test(this.#text.charAt(this.#at))) this.#at += 1;
    if (this.#at >= this.#text.length) {
      this.#token = { kind: "end", text: "" };
      return;
    }
    tokenPattern.lastIndex = this.#at;
    const text = tokenPattern.exec(this.#text)?.[0];
    if (text === undefined) throw new Refusal(`parse error near '${this.#text.charAt(this.#at)}'`);
    this.#at += text.length;
    this.#token = { kind: kindOf(text), text };
    if (this.#token.kind === "regex") this.#regex(text.at(-1) ?? "");
  }

  #expect(kind: TokenKind): void {
    if (this.#token.kind !== kind) throw new Refusal(`unexpected ${this.#shown()}`);
    this.#advance();
  }

  #shown(): string {
    return this.#token.kind === "end" ? "end" : `"${this.#token.text.slice(0, 40)}"`;
  }

  #enter(): void {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new Refusal("it is nested too deep");
  }
}

function kindOf(text: string): TokenKind {
  const operator = operators.get(text);
  if (operator !== undefined) return operator;
  if (text === "%{") return "variable";
  if (text === "/" || /^m[^a-zA-Z0-9_]$/.test(text) || text === "m_") return "regex";
  if (text === '"' || text === "'") return "quote";
  if (/^\$/.test(text)) return "reference";
  if (/^-?[0-9]/.test(text)) return "digits";
  if (/^-./.test(text)) return text.length === 2 ? "unary" : "binary";
  if (/^[a-zA-Z]/.test(text)) return "id";
  return text as TokenKind;
}

/**
 * Why httpd 2.4 refuses an expression, or null. One pass over the text; nothing is evaluated.
 * 2.4 server/util_expr_scan.l, util_expr_parse.y, util_expr_eval.c
 */
export function conditionProblem(text: string, result: ExpressionResult): string | null {
  const checker = new Checker(text);
  try {
    if (result === "boolean") checker.boolean();
    else checker.string();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}
