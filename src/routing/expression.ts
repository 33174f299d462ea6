import type { ByteString } from "./bytes.ts";
import type { AskedRequest } from "./client-facts.ts";
import { parseCondition } from "../expression/parse-expression.ts";
import type { Condition } from "../expression/expression-tree.ts";
import type { Comparison } from "./expression-operators.ts";
import { binaryOperator, comparison, unaryOperator } from "./expression-operators.ts";
import type { Value } from "./expression-values.ts";
import { callable, valueOf, valueText } from "./expression-values.ts";
import type { Pattern } from "./pattern.ts";
import { compilePattern } from "./pattern.ts";

/** A test of httpd 2.4's expressions (`<If>`, `Require expr`, SetEnvIfExpr), as far as it can be decided here. */
export type Expression =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "not"; readonly inner: Expression }
  | { readonly kind: "and" | "or"; readonly parts: readonly Expression[] }
  | { readonly kind: "compare"; readonly test: Comparison; readonly left: Value; readonly right: Value }
  | { readonly kind: "match"; readonly negated: boolean; readonly value: Value; readonly pattern: Pattern }
  | { readonly kind: "in"; readonly value: Value; readonly list: readonly Value[] }
  | {
      readonly kind: "test";
      readonly test: (value: ByteString, request: AskedRequest) => boolean;
      readonly value: Value;
    }
  /** Needs what is not known here; `why` names it. */
  | { readonly kind: "unknown"; readonly why: string };

/** Reads an expression. What httpd refuses or cannot be known here becomes `unknown`, never an exception. */
export function parseExpression(source: ByteString): Expression {
  const read = parseCondition(source);
  return "problem" in read ? { kind: "unknown", why: read.problem.message } : expressionOf(read.value);
}

function expressionOf(condition: Condition): Expression {
  switch (condition.kind) {
    case "constant":
      return condition;
    case "not":
      return { kind: "not", inner: expressionOf(condition.inner) };
    case "and":
    case "or":
      return { kind: condition.kind, parts: condition.parts.map(expressionOf) };
    case "unary": {
      const test = unaryOperator(condition.operator);
      if (test === null) return { kind: "unknown", why: `-${condition.operator}` };
      return { kind: "test", test, value: valueOf(condition.word) };
    }
    case "compare": {
      const { as, sign, left, right } = condition;
      return { kind: "compare", test: comparison(as, sign), left: valueOf(left), right: valueOf(right) };
    }
    case "binary": {
      const test = binaryOperator(condition.operator);
      if (test === null) return { kind: "unknown", why: `-${condition.operator}` };
      return { kind: "compare", test, left: valueOf(condition.left), right: valueOf(condition.right) };
    }
    case "match": {
      const { word, negated, pattern: source } = condition;
      const pattern = compilePattern(source.text, "pcre", { ignoreCase: source.ignoreCase });
      if ("error" in pattern) return { kind: "unknown", why: pattern.error };
      return { kind: "match", negated, value: valueOf(word), pattern };
    }
    case "in":
      if (condition.list.kind === "call") return { kind: "unknown", why: "a list that a function makes" };
      return { kind: "in", value: valueOf(condition.word), list: condition.list.words.map(valueOf) };
    default:
      return condition satisfies never;
  }
}

/**
 * Whether it holds for a request; null when that depends on what is not known here. Of `&&` and `||` one side may decide.
 * httpd 2.4 util_expr_eval.c ap_expr_eval
 */
export function evaluate(expression: Expression, request: AskedRequest): boolean | null {
  const text = (value: Value): ByteString | null => valueText(value, request);
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
      let isKnown = true;
      for (const part of expression.parts) {
        const holds = evaluate(part, request);
        if (holds === deciding) return deciding;
        isKnown &&= holds !== null;
      }
      return isKnown ? !deciding : null;
    }
    case "compare": {
      const [left, right] = [text(expression.left), text(expression.right)];
      return left === null || right === null ? null : expression.test(left, right);
    }
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
      return firstKnown(expression.parts, undecidable);
    case "compare":
      return unknownIn(expression.left) ?? unknownIn(expression.right);
    case "match":
    case "test":
      return unknownIn(expression.value);
    case "in":
      return firstKnown([expression.value, ...expression.list], unknownIn);
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
      return firstKnown(value.parts, unknownIn);
    case "call":
      return unknownIn(value.argument) ?? (callable.has(value.name) ? null : `${value.name}()`);
    default:
      return value satisfies never;
  }
}

function firstKnown<Item>(items: readonly Item[], whyOf: (item: Item) => string | null): string | null {
  for (const item of items) {
    const why = whyOf(item);
    if (why !== null) return why;
  }
  return null;
}
