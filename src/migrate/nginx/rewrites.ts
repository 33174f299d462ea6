import type { RewriteSubject, RewriteTest, RewriteTests } from "../site/rewrite-conditions.ts";
import type { Rewrite } from "../site/rewrite-rule.ts";
import type { RewritePattern, TargetPart } from "../site/rewrite-words.ts";
import type { SharedVariables } from "./shared-variables.ts";
import { quote } from "./words.ts";

/** What nginx does for a path that an expression matches. */
export function refusalLine(status: number, pattern: RewritePattern | null): string {
  return pattern === null || pattern.isAll
    ? `return ${status};`
    : `if ($uri ${pattern.isNegated ? "!" : ""}~${pattern.ignoresCase ? "*" : ""} ${quote(pattern.text)}) { return ${status}; }`;
}

/** The lines of a rule in a server block; null when nginx has none that say it. */
export function rewriteLines(rule: Rewrite, variables: SharedVariables): readonly string[] | null {
  const { pattern, target, status, tests, keepsQuery } = rule;
  if (tests.some((group) => group.length === 0)) return [];
  // Pages that are made inside of the server ask again, with another path.
  const row = tests.flat().some((one) => one.kind === "match" && one.subject.kind === "path") ? ["volatile;"] : [];
  const answer = conditionVariable(tests, variables, row);
  const inside = (line: string): string => (answer === null ? line : `if (${answer} = 1) { ${line} }`);
  if (target === null) {
    if (answer === null) return [refusalLine(status, pattern)];
    const path: RewriteTest = { kind: "match", subject: { kind: "path" }, pattern };
    const both = pattern.isAll ? answer : conditionVariable([...tests, [path]], variables, ["volatile;"]);
    return both === null ? null : [`if (${both} = 1) { return ${status}; }`];
  }
  if (status !== 301 && status !== 302) {
    // `return` sends what it is given, and what a path holds may end a field.
    const isFixed = target.parts.every(({ kind }) => kind === "text" || kind === "host-field" || kind === "host-name");
    if (!isFixed || !pattern.isAll || (target.query !== null && keepsQuery)) return null;
    const text = target.parts.map((part) => partText(part, 0, 0)).join("");
    const query = target.query === null || target.query === "" ? "" : `?${target.query}`;
    return [inside(`return ${status} ${quote(text + query + (keepsQuery ? "$is_args$args" : ""))};`)];
  }
  const needs = (kind: TargetPart["kind"], number = -1): boolean =>
    target.parts.some((part) => part.kind === kind && (part.kind !== "capture" || part.number === number));
  const usesPath = needs("path");
  const shift = needs("capture", 0) ? 1 : 0;
  const own = pattern.ignoresCase ? `(?i:${pattern.text})` : pattern.text;
  const body = shift === 1 ? `(${own})` : own;
  const whole = pattern.isNegated
    ? `^(?!(?s:.*?)(?:${own}))((?s:.*))$`
    : usesPath
      ? `^(?=(?s:.*?)(?:${body}))((?s:.*))$`
      : body;
  const pathNumber = pattern.groups + shift + 1;
  if (pathNumber > 9) return null;
  const text = target.parts.map((part) => partText(part, shift, pathNumber)).join("");
  const query = target.query === null || target.query === "" ? "" : `?${target.query}`;
  // A question mark at the end keeps the query of the request away.
  const to = `${text}${query}${keepsQuery ? "" : "?"}`;
  return [
    ...capturedLines(target.parts, tests, variables),
    inside(`rewrite ${quote(whole)} ${quote(to)} ${status === 301 ? "permanent" : "redirect"};`),
  ];
}

function partText(part: TargetPart, shift: number, pathNumber: number): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "capture":
      return `$${part.number + shift}`;
    case "path":
      return `$${pathNumber}`;
    case "host-field":
      return "${http_host}";
    case "host-name":
      return "${host}";
    case "condition":
      return `\${${capturedName(part.number)}}`;
    default:
      return part satisfies never;
  }
}

const capturedName = (number: number): string => `backhand_of_host_${number}`;

/** What a condition has captured is set before the rule's own expression is run, whose captures it would replace. */
function capturedLines(
  parts: readonly TargetPart[],
  tests: RewriteTests,
  variables: SharedVariables,
): readonly string[] {
  const last = tests.at(-1)?.[0];
  if (last?.kind !== "match") return [];
  const numbers = new Set(parts.flatMap((part) => (part.kind === "condition" ? [part.number] : [])));
  return [...numbers].map((number) => {
    const row = `${key(last.pattern)} ${quote(`$${number}`)};`;
    const found = variables.define("map", subjectVariable(last.subject), "captured", ['default "";', row]);
    return `set $${capturedName(number)} ${found};`;
  });
}

const key = ({ text, ignoresCase }: RewritePattern): string => quote(`~${ignoresCase ? "*" : ""}${text}`);

function subjectVariable(subject: RewriteSubject): string {
  switch (subject.kind) {
    case "field":
      return `$http_${subject.name.replaceAll("-", "_")}`;
    case "path":
      return "$uri";
    case "query":
      return "$args";
    case "method":
      return "$request_method";
    case "address":
      return "$remote_addr";
    default:
      return subject satisfies never;
  }
}

/** A variable that is 1 when of each group one test holds; null when there are none. */
function conditionVariable(tests: RewriteTests, variables: SharedVariables, row: readonly string[]): string | null {
  if (tests.length === 0) return null;
  const groups = tests.map((group) => {
    const all = group.map((one) => testVariable(one, variables, row));
    const [only = ""] = all;
    return all.length === 1
      ? only
      : variables.define("map", quote(all.join("")), "any", [...row, "default 0;", '"~1" 1;']);
  });
  const [only = ""] = groups;
  if (groups.length === 1) return only;
  return variables.define("map", quote(groups.join("")), "all", [
    ...row,
    "default 0;",
    `${"1".repeat(groups.length)} 1;`,
  ]);
}

function testVariable(test: RewriteTest, variables: SharedVariables, row: readonly string[]): string {
  if (test.kind === "tls") {
    const [off, on] = test.isOn ? [0, 1] : [1, 0];
    return variables.define("map", "$https", "tls", [...row, `default ${off};`, `on ${on};`]);
  }
  if (test.kind !== "match") return test.kind === "always" ? "1" : "0";
  const { pattern, subject } = test;
  const [other, met] = pattern.isNegated ? [1, 0] : [0, 1];
  return variables.define("map", subjectVariable(subject), "asked", [
    ...row,
    `default ${other};`,
    // No expression is tried on an empty value.
    ...(pattern.matches("") ? [`"" ${met};`] : []),
    `${key(pattern)} ${met};`,
  ]);
}
