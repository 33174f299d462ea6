import type { Dialect } from "../../compile/table.ts";
import type { ComparisonSign, Condition, ExpressionWord } from "../../expression/expression-tree.ts";
import { parseCondition, parseText } from "../../expression/parse-expression.ts";
import type { HeaderPart } from "./header-lines.ts";
import { subjectOf, type RewriteSubject, type RewriteTest, type RewriteTests } from "./rewrite-conditions.ts";
import { rewritePattern } from "./rewrite-words.ts";
import { escaped } from "./url-pattern.ts";

/** What an expression of 2.4 asks, for conditions of Header lines; null when it asks for more than other servers know. */
export function askedTests(text: string, dialect: Dialect): RewriteTests | null {
  const read = parseCondition(text);
  return "problem" in read ? null : groupsOf(read.value, false, dialect);
}

/** The value of an `expr=`; null when it holds what other servers do not know, or what could end a field. */
export function askedValue(text: string): readonly HeaderPart[] | null {
  const read = parseText(text);
  if ("problem" in read) return null;
  const parts = read.value.kind === "joined" ? read.value.parts : [read.value];
  const found = parts.map((part): HeaderPart | null => {
    const literal = literalOf(part);
    if (literal !== null) return /[\x00-\x08\x0a-\x1f\x7f]/.test(literal) ? null : { kind: "text", text: literal };
    const subject = subjectOfWord(part);
    // A path is decoded, line ends and all.
    return subject === null || subject.kind === "path" ? null : { kind: "asked", subject };
  });
  return found.includes(null) ? null : found.flatMap((part) => part ?? []);
}

function groupsOf(condition: Condition, negated: boolean, dialect: Dialect): RewriteTests | null {
  switch (condition.kind) {
    case "constant":
      return condition.value === negated ? [[{ kind: "never" }]] : [];
    case "not":
      return groupsOf(condition.inner, !negated, dialect);
    case "and":
    case "or": {
      const parts = condition.parts.map((one) => groupsOf(one, negated, dialect));
      if (parts.includes(null)) return null;
      const groups = parts.map((one) => one ?? []);
      if ((condition.kind === "and") !== negated) return groups.flat();
      // Any of them: only where each is one group itself.
      return groups.some(({ length }) => length !== 1) ? null : [groups.flatMap(([group = []]) => group)];
    }
    case "compare": {
      const [left, right] = [subjectOfWord(condition.left), literalOf(condition.right)];
      if (right === null) return null;
      if (condition.as === "number" || left?.kind === "status") {
        if (left?.kind !== "status" || !/^\d{3}$/.test(right)) return null;
        return matching(left, statusExpression(condition.sign, Number(right)), false, negated, dialect);
      }
      if (condition.sign !== "==" && condition.sign !== "!=") return null;
      const differs = (condition.sign === "!=") !== negated;
      if (isHttps(condition.left)) {
        if (right !== "on" && right !== "off") return null;
        return [[{ kind: "tls", isOn: (right === "on") !== differs }]];
      }
      return left === null ? null : matching(left, `^${escaped(right)}$`, false, differs, dialect);
    }
    case "match": {
      const { word, pattern } = condition;
      const subject = subjectOfWord(word);
      if (subject === null || pattern.text.startsWith("!")) return null;
      return matching(subject, pattern.text, pattern.ignoreCase, condition.negated !== negated, dialect);
    }
    case "unary":
    case "binary":
    case "in":
      return null;
    default:
      return condition satisfies never;
  }
}

function matching(
  subject: RewriteSubject,
  expression: string,
  ignoresCase: boolean,
  isNegated: boolean,
  dialect: Dialect,
): RewriteTests | null {
  const pattern = rewritePattern(expression, ignoresCase, dialect);
  const test: RewriteTest | null =
    pattern === null ? null : { kind: "match", subject, pattern: { ...pattern, isNegated, isAll: false } };
  return test === null ? null : [[test]];
}

/** All statuses that compare so. */
function statusExpression(sign: ComparisonSign, status: number): string {
  const holds: Readonly<Record<ComparisonSign, (one: number) => boolean>> = {
    "==": (one) => one === status,
    "!=": (one) => one !== status,
    "<": (one) => one < status,
    "<=": (one) => one <= status,
    ">": (one) => one > status,
    ">=": (one) => one >= status,
  };
  const all = Array.from({ length: 500 }, (_, index) => index + 100).filter(holds[sign]);
  const hundreds = [1, 2, 3, 4, 5].filter(
    (digit) => all.filter((one) => Math.floor(one / 100) === digit).length === 100,
  );
  const rest = all.filter((one) => !hundreds.includes(Math.floor(one / 100)));
  return `^(?:${[...(hundreds.length === 0 ? [] : [`[${hundreds.join("")}]`]), ...rest].join("|")})`;
}

function literalOf(word: ExpressionWord): string | null {
  return word.kind === "text" || word.kind === "number" ? word.text : null;
}

const isHttps = (word: ExpressionWord): boolean => word.kind === "variable" && word.name.toUpperCase() === "HTTPS";

function subjectOfWord(word: ExpressionWord): RewriteSubject | null {
  if (word.kind === "variable") {
    const name = word.name.toUpperCase();
    return name === "REQUEST_STATUS" ? { kind: "status" } : subjectOf(name);
  }
  const argument = word.kind === "call" ? literalOf(word.argument) : null;
  if (word.kind !== "call" || argument === null || !/^(?:req|http|req_novary)$/i.test(word.name)) return null;
  return subjectOf(`HTTP:${argument}`);
}
