import type { FolderRules } from "../site/folder-rules.ts";
import { judgeOthers } from "../site/judge-rewrites.ts";
import type { RewriteTest, RewriteTests } from "../site/rewrite-conditions.ts";
import type { InnerRewrite } from "../site/rewrite-inside.ts";
import type { Rewrite } from "../site/rewrite-rule.ts";
import type { RewritePattern, RewriteTarget } from "../site/rewrite-words.ts";
import { changed, folded, lost } from "../verdict.ts";
import { conditionVariable, refusalLine, replacement } from "./rewrites.ts";
import type { SharedVariables } from "./shared-variables.ts";
import { quote } from "./words.ts";

/** Where rules of a folder are written down. */
export interface RulePlace {
  readonly variables: SharedVariables;
  /** Whether everybody may: nginx rewrites before it asks who may, httpd behind it. */
  readonly isOpen: boolean;
  /** Whether files are sent from below the root of the server, which try_files asks for. */
  readonly sendsFiles: boolean;
  /** Whether every file there is a program, which answers the same wherever it is. */
  readonly runs: (path: string) => boolean;
  /** Whether rules and redirects of the host would look at a path to which a rule here leads. */
  readonly isAskedAgain: (target: RewriteTarget) => boolean;
}

/** What rules without a target have said so far of those behind them. */
interface Left {
  /** Expressions that a path must not match. */
  readonly but: string[];
  /** Whether only what is no file and no folder is left. */
  isMissing: boolean;
}

/**
 * The lines of a location for the rules of its folder. Every `if` here either ends the location or, for files that are not
 * there, leads nowhere: nginx would go on without what the location has beside it.
 */
export function folderRuleLines(rules: FolderRules, place: RulePlace): readonly string[] {
  const { judge } = rules;
  judgeOthers(rules, judge);
  if (rules.rules.length === 0) return [];
  if (rules.isRefused) {
    for (const { lines } of rules.rules)
      judge(lines, changed("return 403;", "httpd refuses a folder with rules where Options has no FollowSymLinks"));
    return ["return 403;"];
  }
  const idiom = frontController(rules, place);
  if (idiom !== null) return idiom;
  const left: Left = { but: [], isMissing: false };
  let isSure = true;
  return rules.rules.flatMap((rule, index) => {
    const refuses = rule.kind === "rewrite" && rule.target === null;
    const isEnd = index === rules.rules.length - 1;
    const found = rule.kind === "lost" || (!isSure && !refuses) ? null : ruleLines(rule, place, left, isEnd);
    const [own, ...conditions] = rule.lines;
    if (found !== null && typeof found !== "string") {
      if (own !== undefined)
        judge([own], found.length === 0 ? folded("part of the rules behind it") : changed(found, "as nginx says it"));
      judge(conditions, folded("part of the rule behind it"));
      return found;
    }
    const why =
      rule.kind === "lost" ? rule.why : (found ?? (isSure ? "nginx has no line for it" : "a rule before it is lost"));
    if (rule.kind !== "lost" && !refuses) isSure = false;
    const closed = rule.kind === "lost" ? rule.closed : refuses ? rule : null;
    const instead = closed === null ? [] : [refusalLine(closed.status, closed.pattern)];
    judge(rule.lines, lost(`nginx cannot say this rule, since ${why}`, instead));
    return instead;
  });
}

/** The lines of one rule; a text: why there are none. */
function ruleLines(
  rule: Rewrite | InnerRewrite,
  { variables, isOpen, isAskedAgain }: RulePlace,
  left: Left,
  isEnd: boolean,
): readonly string[] | string {
  const { pattern, target, tests } = rule;
  if (tests.some((group) => group.length === 0)) return [];
  if (rule.kind === "inside" && target === null) return leave(pattern, tests, left);
  if (!isOpen && target !== null) return "nginx rewrites before it asks who may";
  if (rule.kind === "inside" && target !== null && isAskedAgain(target))
    return "httpd asks the rules and redirects of the host again for its target";
  if (rule.kind === "inside" && !rule.isLast && !isEnd) return "without L the rules behind it go on with its target";
  const question = questionOf(tests, left);
  if (question === null) return "nginx asks one thing at a time";
  const { paths, files, others } = question;
  const own = withPaths(pattern, [...paths, ...left.but.map((one) => `(?!${anywhere(one)})`)]);
  if (own === null) return "its expression cannot be joined with those before it";
  if (target === null) {
    if (files !== null) return "nginx cannot refuse what is not there by its path";
    const end = `return ${rule.kind === "rewrite" ? rule.status : 403};`;
    if (others.length === 0) return [own.isAll ? end : `if ($uri ~ ${quote(own.text)}) { ${end} }`];
    return [`if (${together(others, own, variables)} = 1) { ${end} }`];
  }
  const status = rule.kind === "rewrite" ? rule.status : null;
  if (status !== null && status !== 301 && status !== 302) return "nginx has no such status for it";
  const line = replacement({ pattern: own, keepsQuery: rule.keepsQuery }, target);
  if (line === null || target.parts.some(({ kind }) => kind === "condition")) return "nginx has no line for it";
  const rewrite = `rewrite ${line} ${status === null ? "last" : status === 301 ? "permanent" : "redirect"};`;
  if (files !== null) return [`if (${files}) { ${rewrite} }`];
  return [others.length === 0 ? rewrite : `if (${together(others, own, variables)} = 1) { ${rewrite} }`];
}

/** A rule that ends the rules for what it matches. */
function leave(pattern: RewritePattern, tests: RewriteTests, left: Left): readonly string[] | string {
  const [group = []] = tests;
  const own = pattern.ignoresCase ? `(?i:${pattern.text})` : pattern.text;
  if (tests.length === 0) {
    left.but.push(pattern.isNegated ? `^(?!(?s:.*?)(?:${own}))` : own);
    return [];
  }
  const asks = (isFolder: boolean): boolean =>
    group.some((one) => one.kind === "file" && !one.isNegated && one.isFolder === isFolder);
  const isAnything = pattern.isAll && tests.length === 1 && group.every(({ kind }) => kind === "file");
  if (!isAnything || !asks(true) || !asks(false)) return "nginx has no line for a rule that ends the others";
  left.isMissing = true;
  return [];
}

interface Question {
  /** What the path itself must be, as lookaheads. */
  readonly paths: readonly string[];
  /** What an `if` asks of the file; null: nothing. */
  readonly files: string | null;
  readonly others: RewriteTests;
}

/** Conditions by how a location can ask them; null when that would be two things at once. */
function questionOf(tests: RewriteTests, left: Left): Question | null {
  const paths: string[] = [];
  const others: (readonly RewriteTest[])[] = [];
  let [file, folder] = [left.isMissing, left.isMissing];
  for (const group of tests) {
    const [only] = group;
    if (group.some(({ kind }) => kind === "file")) {
      // Whether something is there must be asked the other way round, and both kinds, for what else is in the location.
      if (group.length > 1 || only?.kind !== "file" || !only.isNegated || only.of !== "filename") return null;
      if (only.isFolder) folder = true;
      else file = true;
    } else if (group.length === 1 && only?.kind === "match" && only.subject.kind === "path") {
      const { text, ignoresCase, isNegated } = only.pattern;
      paths.push(`(?${isNegated ? "!" : "="}${anywhere(ignoresCase ? `(?i:${text})` : text)})`);
    } else others.push(group);
  }
  if (!file && folder) return null;
  const files = file ? `!-${folder ? "e" : "f"} $request_filename` : null;
  return files !== null && others.length > 0 ? null : { paths, files, others };
}

/** An expression that is found anywhere as one at the beginning. */
function anywhere(text: string): string {
  return /^\^[^|]*$/.test(text) ? text.slice(1) : `(?s:.*?)(?:${text})`;
}

/** An expression with lookaheads in front of it; null when it has no beginning for them. */
function withPaths(pattern: RewritePattern, paths: readonly string[]): RewritePattern | null {
  if (paths.length === 0) return pattern;
  if (paths.some((one) => /\((?!\?)/.test(one.replace(/\\./gs, ""))) && pattern.groups > 0) return null;
  const { text, ignoresCase, isNegated } = pattern;
  const own = `${isNegated ? "(?!" : "(?:"}${anywhere(ignoresCase ? `(?i:${text})` : text)})`;
  return { ...pattern, text: `^${paths.join("")}${own}`, isNegated: false, ignoresCase: false, isAll: false };
}

/** A variable that is 1 where conditions hold and the path matches, so that what it asks for always follows. */
function together(tests: RewriteTests, pattern: RewritePattern, variables: SharedVariables): string {
  const path: RewriteTest = { kind: "match", subject: { kind: "path" }, pattern };
  return conditionVariable(pattern.isAll ? tests : [...tests, [path]], variables, ["volatile;"]) ?? "1";
}

/** One file for all that is not there: `try_files`, which comes behind the question who may. */
function frontController(
  { rules, judge }: FolderRules,
  { sendsFiles, isOpen, runs, isAskedAgain }: RulePlace,
): readonly string[] | null {
  const rule = rules.at(-1);
  const before = rules.slice(0, -1);
  if (rule?.kind !== "inside" || rule.target === null || isAskedAgain(rule.target)) return null;
  const { target, pattern, tests, keepsQuery } = rule;
  const [first] = target.parts;
  const to = first?.kind === "text" && target.parts.length === 1 ? first.text : null;
  const kinds = tests.flatMap((group) =>
    group.length === 1 && group[0]?.kind === "file" && group[0].isNegated ? [group[0].isFolder] : [null],
  );
  if (to === null || target.query?.includes("$") === true || pattern.isNegated) return null;
  if (kinds.length !== 2 || kinds.includes(null) || kinds[0] === kinds[1]) return null;
  // An expression for any name: the folder itself is there.
  if (!pattern.isAll && !/^(?:\(\?s:)?\^[\w/\\.-]*(?:\(\?s:\.\*\?\)\(\?:\.\)|\.\+|\(\.\+\)\$?)\)?$/.test(pattern.text))
    return null;
  // A rule in front that leaves the very target alone says what try_files does anyway.
  const isTarget = (one: (typeof before)[number]): boolean =>
    one.kind === "inside" &&
    one.target === null &&
    one.tests.length === 0 &&
    !one.pattern.isNegated &&
    /^\(?[^|]*\$/.test(one.pattern.text) &&
    one.pattern.matches(to.replace(/.*\//, ""));
  if (!before.every(isTarget)) return null;
  // Where a program answers for what is missing, it answers as one that is there.
  if (!sendsFiles) return !isOpen && runs(to) ? [] : null;
  const query = target.query === null || target.query === "" ? "" : `?${target.query}`;
  const rest = !keepsQuery ? "" : query === "" ? "$is_args$args" : "&$args";
  const line = `try_files $uri $uri/ ${quote(to + query + rest)};`;
  const [own, ...conditions] = rule.lines;
  if (own !== undefined) judge([own], changed(line, "one file for all that is not there, as nginx says it"));
  judge([...conditions, ...before.flatMap(({ lines }) => lines)], folded("part of try_files"));
  return [line];
}
