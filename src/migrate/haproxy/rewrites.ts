import type { RewriteSubject, RewriteTest, RewriteTests } from "../site/rewrite-conditions.ts";
import type { InnerRewrite } from "../site/rewrite-inside.ts";
import type { Rewrite } from "../site/rewrite-rule.ts";
import type { RewritePattern, TargetPart } from "../site/rewrite-words.ts";
import { DECODED } from "./redirects.ts";
import { converted, formatWord, queryBehind, word } from "./words.ts";

/** Alternatives beyond this are too many to be rules that anybody reads. */
const MOST = 16;

/** Refuses paths that an expression matches. */
export function refusalRule(status: number, pattern: RewritePattern | null, here: string): string {
  const meets = pattern === null ? here : `${here}${pathTest(pattern, DECODED)}`;
  // `return` takes any status of an error, `deny` only those that HAProxy has a page for.
  return `http-request return status ${status} content-type text/plain string ${status} if ${meets}`;
}

/**
 * The rules of a RewriteRule for requests that `here` meets; null when HAProxy has none that say it. `number` is the rule's
 * own, from 1.
 */
export function rewriteRules(rule: Rewrite | InnerRewrite, here: string, number: number): readonly string[] | null {
  const { pattern, target, tests } = rule;
  const conditions = alternatives(tests);
  if (conditions === null) return null;
  if (rule.kind === "inside") return innerRules(rule, here, number, conditions);
  const { status, keepsQuery } = rule;
  if (target === null) return conditions.map((one) => refusalRule(status, pattern, `${here}${one}`));
  const query = target.query === null || target.query === "" ? "" : `?${target.query}`;
  const rules: string[] = [];
  for (const condition of conditions) {
    const met = `${here}${condition}`;
    // The Location is made from the path as it was sent, whose escapes stay as they are.
    const sent = `${met}${pathTest(pattern, "path")}`;
    let location = "";
    for (const part of target.parts) {
      const value = partFormat(part, pattern, tests);
      if (value === null) return null;
      location += value;
    }
    location += query + (keepsQuery ? queryBehind(query === "" ? "?" : "&") : "");
    rules.push(`http-request redirect location ${formatWord(location)} code ${status} if ${sent}`);
    if (!pattern.isAll) rules.push(`http-request deny deny_status 400 if ${met}${pathTest(pattern, DECODED)}`);
  }
  return rules;
}

/** Holds when no rule has ended the rules of mod_rewrite. */
export const GOES_ON = "!{ var(txn.last) -m found }";
/** Holds when no rule has led to a file, at which Redirect lines do not look. */
export const IS_UNMAPPED = "!{ var(txn.mapped) -m found }";

/** A rule that leaves the request here: all of it hangs on its number, since a new path no longer meets its expression. */
function innerRules(
  { pattern, target, tests, keepsQuery, isLast, passesOn }: InnerRewrite,
  here: string,
  number: number,
  conditions: readonly string[],
): readonly string[] | null {
  const is = `{ var(txn.rule) -m int ${number} }`;
  const rules: string[] = [];
  const path = target === null ? DECODED : "path";
  const query = target?.query ?? null;
  const queryParts = Array.from((query ?? "").matchAll(/\$\d|[^$]+/g), ([piece]): TargetPart =>
    piece.startsWith("$") ? { kind: "capture", number: Number(piece.slice(1)) } : { kind: "text", text: piece },
  );
  const formatOf = (parts: readonly TargetPart[]): string | null => {
    const formats = parts.map((part) => partFormat(part, pattern, tests));
    return formats.includes(null) ? null : formats.join("");
  };
  const newPath = formatOf(target?.parts ?? []);
  const newQuery = formatOf(queryParts);
  if (newPath === null || newQuery === null) return null;
  for (const condition of conditions) {
    const met = `${here}${condition}`;
    rules.push(`http-request set-var(txn.rule) int(${number}) if ${met}${pathTest(pattern, path)}`);
    if (target !== null && !pattern.isAll)
      rules.push(`http-request deny deny_status 400 if ${met}${pathTest(pattern, DECODED)} !${is}`);
  }
  if (target !== null && query === null)
    rules.push(`http-request set-${keepsQuery ? "path" : "pathq"} ${formatWord(newPath)} if ${is}`);
  else if (target !== null) {
    const whole = newQuery === "" ? newPath : `${newPath}?${newQuery}`;
    const own = keepsQuery ? queryBehind(newQuery === "" ? "?" : "&") : "";
    rules.push(`http-request set-pathq ${formatWord(whole + own)} if ${is}`);
  }
  if (isLast) rules.push(`http-request set-var(txn.last) int(1) if ${is}`);
  if (!passesOn) rules.push(`http-request set-var(txn.mapped) int(1) if ${is}`);
  return rules;
}

/** A part of a target in a log format. */
function partFormat(part: TargetPart, pattern: RewritePattern, tests: RewriteTests): string | null {
  const captured = (sample: string, from: RewritePattern, number: number): string | null => {
    const whole = `^(?s:.*?)(?:${number === 0 ? `(${insensitive(from)})` : insensitive(from)})(?s:.*)$`;
    return converted(sample, "regsub", [whole, `\\${number === 0 ? 1 : number}`]);
  };
  switch (part.kind) {
    case "text":
      return part.text;
    case "path":
      return "%[path]";
    case "host-field":
      return "%[req.fhdr(host)]";
    case "host-name":
      return "%[req.hdr(host),host_only,lower]";
    case "capture":
      return captured("path", pattern, part.number);
    case "condition": {
      const last = tests.at(-1)?.[0];
      return last?.kind === "match" ? captured(subjectSample(last.subject), last.pattern, part.number) : null;
    }
    default:
      return part satisfies never;
  }
}

const insensitive = ({ text, ignoresCase }: RewritePattern): string => (ignoresCase ? `(?i:${text})` : text);

function pathTest(pattern: RewritePattern, sample: string): string {
  return pattern.isAll ? "" : ` ${matchTest(sample, pattern)}`;
}

function matchTest(sample: string, { text, ignoresCase, isNegated }: RewritePattern): string {
  return `${isNegated ? "!" : ""}{ ${sample} -m reg${ignoresCase ? " -i" : ""} ${word(text)} }`;
}

/** The sample that HAProxy has for a subject. */
export function subjectSample(subject: RewriteSubject): string {
  switch (subject.kind) {
    case "field":
      return `req.fhdr(${subject.name})`;
    case "path":
      return DECODED;
    case "query":
      return "query";
    case "method":
      return "method";
    case "address":
      return "src";
    case "status":
      return "status";
    default:
      return subject satisfies never;
  }
}

/** Conditions that each begin with a space, of which one must hold; null when they are too many. */
export function alternatives(tests: RewriteTests): readonly string[] | null {
  let result: readonly string[] = [""];
  for (const group of tests) {
    // HAProxy has no files.
    if (group.some(({ kind }) => kind === "file")) return null;
    const choices = group.flatMap(testConditions);
    result = result.flatMap((left) => choices.map((right) => `${left} ${right}`));
    if (result.length > MOST) return null;
  }
  return result;
}

/** What HAProxy does not find matches nothing there, and is an empty text in httpd. */
function testConditions(test: RewriteTest): readonly string[] {
  if (test.kind === "tls") return [`${test.isOn ? "" : "!"}{ ssl_fc }`];
  if (test.kind !== "match") return test.kind === "always" ? ["TRUE"] : ["FALSE"];
  const { subject, pattern } = test;
  const sample = subjectSample(subject);
  const matches = matchTest(sample, pattern);
  if ((subject.kind !== "field" && subject.kind !== "query") || !pattern.matches("")) return [matches];
  const found = `{ ${sample} -m found }`;
  return pattern.isNegated ? [`${found} ${matches}`] : [matches, `!${found}`];
}
