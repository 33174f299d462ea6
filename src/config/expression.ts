import { parseCondition, parseText } from "../expression/parse-expression.ts";
import type { Condition, ExpressionList, ExpressionWord } from "../expression/expression-tree.ts";
import { subnetVerdict } from "./ip-subnet.ts";
import { expressionProblem } from "./regular-expression.ts";

/**
 * What an expression yields: a truth value (If, ElseIf, Require expr), or a text with variables in it (the values of Header
 * and SetHandler that start with `expr=`).
 */
export type ExpressionResult = "boolean" | "string";

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

/** The first thing in a word that httpd does not have, or null. */
function wordProblem(word: ExpressionWord): string | null {
  switch (word.kind) {
    case "text":
    case "number":
    case "reference":
      return null;
    case "variable":
      return variables.has(word.name.toUpperCase()) || ofModules.test(word.name)
        ? null
        : `variable '${word.name}' does not exist`;
    case "call":
      return callProblem(word, functions);
    case "joined":
      return firstProblem(word.parts, wordProblem);
    default:
      return word satisfies never;
  }
}

function callProblem(
  { name, argument }: { readonly name: string; readonly argument: ExpressionWord },
  known: ReadonlySet<string>,
): string | null {
  return wordProblem(argument) ?? (known.has(name.toLowerCase()) ? null : `function '${name}' does not exist`);
}

function firstProblem<Item>(items: readonly Item[], problemOf: (item: Item) => string | null): string | null {
  for (const item of items) {
    const problem = problemOf(item);
    if (problem !== null) return problem;
  }
  return null;
}

function listProblem(list: ExpressionList): string | null {
  return list.kind === "call" ? callProblem(list, listFunctions) : firstProblem(list.words, wordProblem);
}

function binaryProblem(operator: string, right: ExpressionWord): string | null {
  if (!binary.has(operator)) return `binary operator '${operator}' does not exist`;
  return operator === "ipmatch" ? networkProblem("-ipmatch", right) : null;
}

/** A network is read at once, so that nothing can be put into it. */
function networkProblem(operator: string, word: ExpressionWord): string | null {
  if (word.kind !== "text") return `${operator} needs a network as a plain text`;
  return subnetVerdict(word.text) === "ok" ? null : `'${word.text}' is no network`;
}

function problemIn(condition: Condition): string | null {
  switch (condition.kind) {
    case "constant":
      return null;
    case "not":
      return problemIn(condition.inner);
    case "and":
    case "or":
      return firstProblem(condition.parts, problemIn);
    case "unary":
      if (!unary.test(condition.operator)) return `unary operator '${condition.operator}' does not exist`;
      return wordProblem(condition.word) ?? (condition.operator === "R" ? networkProblem("-R", condition.word) : null);
    case "binary":
      return (
        firstProblem([condition.left, condition.right], wordProblem) ??
        binaryProblem(condition.operator, condition.right)
      );
    case "compare":
      return firstProblem([condition.left, condition.right], wordProblem);
    case "match": {
      const problem = wordProblem(condition.word);
      if (problem !== null) return problem;
      const pattern = expressionProblem(condition.pattern.text, "2.4");
      return pattern === null ? null : `a regular expression cannot be compiled: ${pattern}`;
    }
    case "in":
      return wordProblem(condition.word) ?? listProblem(condition.list);
    default:
      return condition satisfies never;
  }
}

/**
 * Why httpd 2.4 refuses an expression, or null. One pass over the text; nothing is evaluated.
 * 2.4 server/util_expr_eval.c
 */
export function conditionProblem(text: string, result: ExpressionResult): string | null {
  if (result === "boolean") {
    const read = parseCondition(text);
    return "problem" in read ? read.problem.message : problemIn(read.value);
  }
  const read = parseText(text);
  return "problem" in read ? read.problem.message : wordProblem(read.value);
}
