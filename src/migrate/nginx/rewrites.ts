import type { FileTest, RewriteSubject, RewriteTest, RewriteTests } from "../site/rewrite-conditions.ts";
import type { InnerRewrite } from "../site/rewrite-inside.ts";
import type { Rewrite } from "../site/rewrite-rule.ts";
import type { RewritePattern, RewriteTarget, TargetPart } from "../site/rewrite-words.ts";
import type { SharedVariables } from "./shared-variables.ts";
import { quote } from "./words.ts";

/** What nginx does for a path that an expression matches. */
export function refusalLine(status: number, pattern: RewritePattern | null): string {
  return pattern === null ? `return ${status};` : pathLine(pattern, `return ${status};`);
}

function pathLine({ isAll, isNegated, ignoresCase, text }: RewritePattern, line: string): string {
  return isAll ? line : `if ($uri ${isNegated ? "!" : ""}~${ignoresCase ? "*" : ""} ${quote(text)}) { ${line} }`;
}

/**
 * The lines of a rule in a server block; null when nginx has none that say it. `hasRedirects`: Redirect lines stand behind,
 * which httpd tries after the rules.
 */
export function rewriteLines(
  rule: Rewrite | InnerRewrite,
  variables: SharedVariables,
  hasRedirects: boolean,
): readonly string[] | null {
  const { pattern, target, tests } = rule;
  if (tests.some((group) => group.length === 0)) return [];
  const inner = rule.kind === "inside" ? rule : null;
  // What ends the rules here ends the redirects behind them too, and what does not goes on to those.
  if (inner !== null && hasRedirects && inner.isLast === inner.passesOn) return null;
  if (target === null) {
    const end = inner === null ? `return ${rule.kind === "rewrite" ? rule.status : 403};` : "break;";
    if (tests.length === 0) return [pathLine(pattern, end)];
    const path: RewriteTest = { kind: "match", subject: { kind: "path" }, pattern };
    const { lines, answer } = conditionOf(pattern.isAll ? tests : [...tests, [path]], variables);
    return [...lines, answer(end)];
  }
  const { lines, answer } = conditionOf(tests, variables);
  const status = rule.kind === "rewrite" ? rule.status : null;
  if (status !== null && status !== 301 && status !== 302) {
    // `return` sends what it is given, and what a path holds may end a field.
    const isFixed = target.parts.every(({ kind }) => kind === "text" || kind === "host-field" || kind === "host-name");
    if (!isFixed || !pattern.isAll || (target.query !== null && rule.keepsQuery)) return null;
    const text = target.parts.map((part) => partText(part, 0, 0)).join("");
    const query = target.query === null || target.query === "" ? "" : `?${target.query}`;
    const to = quote(text + query + (rule.keepsQuery ? "$is_args$args" : ""));
    return [...lines, answer(`return ${status} ${to};`)];
  }
  const line = replacement(rule, target);
  if (line === null) return null;
  const flag = status === 301 ? " permanent" : status === 302 ? " redirect" : inner?.isLast === true ? " last" : "";
  return [...capturedLines(target.parts, tests, variables), ...lines, answer(`rewrite ${line}${flag};`)];
}

/** The two words behind `rewrite`; null when nginx has too few numbers for what is captured. */
export function replacement(
  { pattern, keepsQuery }: Pick<Rewrite, "pattern" | "keepsQuery">,
  target: RewriteTarget,
): string | null {
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
  const shifted = query.replace(/\$(\d)/g, (_, number: string) => `$${Number(number) + shift}`);
  // A question mark at the end keeps the query of the request away.
  return `${quote(whole)} ${quote(`${text}${shifted}${keepsQuery ? "" : "?"}`)}`;
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

/** The variable that nginx has for a subject. */
export function subjectVariable(subject: RewriteSubject): string {
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
    case "status":
      return "$status";
    default:
      return subject satisfies never;
  }
}

interface Condition {
  /** What stands before a line that is asked for. */
  readonly lines: readonly string[];
  /** A line under the condition. */
  readonly answer: (line: string) => string;
}

/** When of each group one test holds. Only lines ask for files: nginx has no variable for that. */
function conditionOf(tests: RewriteTests, variables: SharedVariables): Condition {
  // Pages that are made inside of the server ask again, with another path.
  const row = tests.flat().some((one) => one.kind === "match" && one.subject.kind === "path") ? ["volatile;"] : [];
  const isFile = (group: RewriteTests[number]): boolean => group.some(({ kind }) => kind === "file");
  const whole = conditionVariable(
    tests.filter((group) => !isFile(group)),
    variables,
    row,
  );
  const files = tests.filter(isFile);
  if (files.length === 0)
    return { lines: [], answer: (line) => (whole === null ? line : `if (${whole} = 1) { ${line} }`) };
  const lines = files.flatMap((group, index) => {
    const name = `$backhand_found_${index + 1}`;
    return [
      `set ${name} 0;`,
      ...group.map((one) => {
        const asked = one.kind === "file" ? fileQuestion(one) : `${testVariable(one, variables, row)} = 1`;
        return `if (${asked}) { set ${name} 1; }`;
      }),
    ];
  });
  const all = [...(whole === null ? [] : [whole]), ...files.map((_, index) => `$backhand_found_${index + 1}`)];
  const [only = ""] = all;
  if (all.length === 1) return { lines, answer: (line) => `if (${only} = 1) { ${line} }` };
  const joined = `set $backhand_found ${quote(all.join(""))};`;
  return {
    lines: [...lines, joined],
    answer: (line) => `if ($backhand_found = ${"1".repeat(all.length)}) { ${line} }`,
  };
}

/** What stands between the brackets of an `if` that asks for a file. */
export function fileQuestion({ isNegated, isFolder, of }: FileTest): string {
  const path = of === "path" ? "$uri" : of === "below-root" ? "$document_root$uri" : "$request_filename";
  return `${isNegated ? "!" : ""}-${isFolder ? "d" : "f"} ${path}`;
}

/** A variable that is 1 when of each group one test holds; null when there are none. */
export function conditionVariable(
  tests: RewriteTests,
  variables: SharedVariables,
  row: readonly string[],
): string | null {
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
