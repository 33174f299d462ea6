import type { Dialect } from "../../compile/table.ts";
import { rewritePattern, type RewritePattern } from "./rewrite-words.ts";
import { escaped } from "./url-pattern.ts";

/** What a condition looks at. */
export type RewriteSubject =
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "path" }
  | { readonly kind: "query" }
  | { readonly kind: "method" }
  | { readonly kind: "address" }
  /** Of the answer, where that is known. */
  | { readonly kind: "status" };

/** A condition as other servers can ask it. */
export type RewriteTest =
  | { readonly kind: "always" }
  | { readonly kind: "never" }
  /** Whether the request came over TLS, or did not. */
  | { readonly kind: "tls"; readonly isOn: boolean }
  | { readonly kind: "match"; readonly subject: RewriteSubject; readonly pattern: RewritePattern }
  | FileTest;

/** Whether a file or folder is there. */
export interface FileTest {
  readonly kind: "file";
  readonly isFolder: boolean;
  readonly isNegated: boolean;
  /** The path below the document root, the path itself as a file's name, or the file that the path leads to. */
  readonly of: "below-root" | "path" | "filename";
}

/** What is known of a host before any request. */
export interface ConditionFacts {
  readonly dialect: Dialect;
  /** The one port where the host is met; null when there are several. */
  readonly port: number | null;
  /** Whether the rules stand in a folder, where the file of a request is known. */
  readonly isInFolder?: boolean;
  /** Whether the address of a request is that of its client; false where only httpd knows it. */
  readonly knowsClients?: boolean;
}

/** Conditions of a rule: of each group one must hold. Null when one of them cannot be asked. */
export type RewriteTests = readonly (readonly RewriteTest[])[];

/** The words of a RewriteCond. */
export type ConditionWords = readonly string[];

/** Reads the conditions in front of a rule. */
export function rewriteTests(lines: readonly ConditionWords[], facts: ConditionFacts): RewriteTests | null {
  const groups: RewriteTest[][] = [[]];
  for (const [index, words] of lines.entries()) {
    const flags = conditionFlags(words[2]);
    const test = flags === null ? null : testOf(words, flags.ignoresCase, facts);
    if (flags === null || test === null) return null;
    groups.at(-1)?.push(test);
    if (!flags.isOr && index < lines.length - 1) groups.push([]);
    // Behind the last one there is nothing for "or" to join.
    else if (flags.isOr && index === lines.length - 1) return null;
  }
  return groups.filter((group) => group.length > 0);
}

function conditionFlags(word: string | undefined): { readonly ignoresCase: boolean; readonly isOr: boolean } | null {
  const flags = word === undefined ? [] : (/^\[(.*)\]$/.exec(word)?.[1]?.toLowerCase().split(",") ?? ["?"]);
  const names = flags.map((one) => one.trim());
  if (!names.every((one) => /^(?:nc|nocase|or|ornext)$/.test(one))) return null;
  return { ignoresCase: names.some((one) => one.startsWith("n")), isOr: names.some((one) => one.startsWith("o")) };
}

function testOf(
  [subject = "", word = ""]: ConditionWords,
  ignoresCase: boolean,
  facts: ConditionFacts,
): RewriteTest | null {
  if (/^!?-/.test(word)) return fileTest(subject, word, facts);
  const name = /^%\{([\w:-]+)\}$/.exec(subject)?.[1];
  if (name === undefined) return null;
  const isEqual = /^!?=/.test(word);
  if (/^!?[<>]/.test(word)) return null;
  const source = isEqual ? `${word.startsWith("!") ? "!" : ""}^${escaped(word.replace(/^!?=(?:"")?/, ""))}$` : word;
  // What `=` compares with is no expression, and is written in the way of 2.x.
  const pattern = rewritePattern(source, ignoresCase, isEqual ? "2.4" : facts.dialect);
  if (pattern === null) return null;
  const known = (value: string): boolean => pattern.matches(value) !== pattern.isNegated;
  if (name === "HTTPS") {
    const [on, off] = [known("on"), known("off")];
    return on === off ? { kind: on ? "always" : "never" } : { kind: "tls", isOn: on };
  }
  if (name === "SERVER_PORT") {
    return facts.port === null ? null : { kind: known(String(facts.port)) ? "always" : "never" };
  }
  const found = name === "REMOTE_ADDR" && facts.knowsClients === false ? null : subjectOf(name);
  return found === null ? null : { kind: "match", subject: found, pattern };
}

function fileTest(subject: string, word: string, { isInFolder = false }: ConditionFacts): FileTest | null {
  const what = /^(!?)-([fd])$/.exec(word);
  if (what === null) return null;
  const rest = { kind: "file", isNegated: what[1] === "!", isFolder: what[2] === "d" } as const;
  // Outside of folders the name of the file is not known yet, and is the path.
  if (/^%\{(?:REQUEST|SCRIPT)_FILENAME\}$/.test(subject)) return { ...rest, of: isInFolder ? "filename" : "path" };
  if (isInFolder) return null;
  return /^%\{DOCUMENT_ROOT\}\/?%\{(?:REQUEST_URI|(?:REQUEST|SCRIPT)_FILENAME)\}$/.test(subject)
    ? { ...rest, of: "below-root" }
    : null;
}

const fields: Readonly<Record<string, string>> = {
  HTTP_HOST: "host",
  HTTP_USER_AGENT: "user-agent",
  HTTP_REFERER: "referer",
  HTTP_COOKIE: "cookie",
  HTTP_ACCEPT: "accept",
};

/** What a variable of mod_rewrite or of an expression looks at; null for what other servers do not know. */
export function subjectOf(name: string): RewriteSubject | null {
  switch (name) {
    case "REQUEST_URI":
      return { kind: "path" };
    case "QUERY_STRING":
      return { kind: "query" };
    case "REQUEST_METHOD":
      return { kind: "method" };
    case "REMOTE_ADDR":
      return { kind: "address" };
    default: {
      const field = /^HTTP:([a-z][a-z0-9-]*)$/i.exec(name)?.[1]?.toLowerCase() ?? fields[name];
      return field === undefined ? null : { kind: "field", name: field };
    }
  }
}
