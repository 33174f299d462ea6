import type { Dialect } from "../../compile/table.ts";
import type { ActiveDirective } from "../../config/active-config.ts";
import { rewriteTests, type RewriteTest, type RewriteTests } from "./rewrite-conditions.ts";
import { wrongInside, type InnerRewrite } from "./rewrite-inside.ts";
import {
  rewritePattern,
  rewriteTarget,
  type RewritePattern,
  type RewriteTarget,
  type TargetPart,
} from "./rewrite-words.ts";

/** A RewriteRule with its conditions as other servers can say it: it ends the request. */
export interface Rewrite {
  readonly kind: "rewrite";
  readonly status: number;
  readonly pattern: RewritePattern;
  /** Only conditions whose outcome the configuration does not tell; an empty group never holds. */
  readonly tests: RewriteTests;
  /** Null for a status without target. */
  readonly target: RewriteTarget | null;
  /** Whether the query of the request goes along, behind that of the target. */
  readonly keepsQuery: boolean;
  /** The rule, then its conditions. */
  readonly lines: readonly ActiveDirective[];
}

/** A rule that only httpd can say. */
export interface LostRewrite {
  readonly kind: "lost";
  readonly why: string;
  /** Paths to refuse, so that nothing opens that was closed (`pattern` null: all); null for a rule that closed nothing. */
  readonly closed: { readonly status: number; readonly pattern: RewritePattern | null } | null;
  readonly lines: readonly ActiveDirective[];
}

/** What is known of a host. */
export interface RewriteFacts {
  readonly dialect: Dialect;
  /** The port that redirects name; null when it is not one for all requests. */
  readonly port: number | null;
  readonly isTls: boolean;
  /** Whether redirects name ServerName, and not what the client called the host. */
  readonly isCanonical: boolean;
  readonly name: string | null;
  /** Whether the address of a request is that of its client; false where only httpd knows it. */
  readonly knowsClients: boolean;
  /** All names, with wildcards. */
  readonly aliases: readonly string[];
  /** Whether no Location and no Alias makes a difference between two beginnings of paths. */
  readonly isClear: (from: string, to: string) => boolean;
  /** For rules of a folder; absent outside of sections. */
  readonly folder?: RuleFolder;
}

/** A folder with rules of its own. */
export interface RuleFolder {
  /** Its URL path without a slash at its end. */
  readonly url: string;
  /** What goes in front of targets that are no whole paths; null when httpd would take that for something else. */
  readonly base: string | null;
  /** Likewise for targets of redirects. */
  readonly redirectBase: string | null;
}

/** A rule, and for one that is lost whether requests go on behind it as if it were not there. */
export interface ReadRule {
  readonly rule: Rewrite | InnerRewrite | LostRewrite;
  readonly goesOn: boolean;
}

/**
 * Reads a RewriteRule with the RewriteCond lines before it; `isLastForUrls` says that all rules after it look for what begins
 * with a slash, which no URL does.
 */
export function readRule(
  line: ActiveDirective,
  conditions: readonly ActiveDirective[],
  isLastForUrls: boolean,
  facts: RewriteFacts,
): ReadRule {
  const lines = [line, ...conditions];
  const [expression = "", word = "", flagWord] = line.words.map(({ value }) => value);
  const flags = readFlags(flagWord);
  const substitution = wholeTarget(word, flags.has("R"), facts.folder);
  const status = flags.has("F") ? 403 : flags.has("G") ? 410 : null;
  const pattern = rewritePattern(expression, flags.has("NC"), facts.dialect, facts.folder?.url ?? null);
  // What goes to another server must not be answered here, with the source of a program for one.
  const refusal = status ?? (flags.has("P") ? 503 : null);
  const lost = (why: string): ReadRule => ({
    rule: { kind: "lost", why, closed: refusal === null ? null : { status: refusal, pattern }, lines },
    goesOn: word === "-" && [...flags.keys()].every((flag) => sideEffects.has(flag)),
  });
  const unknown = [...flags.keys()].find((flag) => !known.has(flag));
  if (unknown !== undefined) return lost(`its flag ${unknown} has no equal there`);
  if (pattern === null) return lost("its expression may mean something else there");
  if (substitution === null) return lost("its target is no whole path, and no RewriteBase says where it begins");
  const tests =
    conditions.length === 0
      ? []
      : rewriteTests(
          conditions.map(({ words }) => words.map(({ value }) => value)),
          { ...facts, isInFolder: facts.folder !== undefined },
        );
  if (tests === null) return lost("a condition before it looks at what cannot be asked there");
  // There may be as many rules as lines of the source, so each is made at once and not out of parts.
  const asked = undecided(tests);
  if (status !== null)
    return {
      rule: { kind: "rewrite", pattern, tests: asked, lines, status, target: null, keepsQuery: false },
      goesOn: false,
    };
  const isLast = flags.has("L") || flags.has("END") || flags.has("PT");
  const inside = (target: RewriteTarget | null, keepsQuery: boolean, passesOn: boolean): ReadRule => ({
    rule: { kind: "inside", pattern, tests: asked, lines, isLast, target, keepsQuery, passesOn },
    goesOn: false,
  });
  if (substitution === "-" && !flags.has("R") && isLast) return inside(null, true, true);
  if (!flags.has("R") && substitution.startsWith("/")) {
    // What a folder's rule leads to is asked for anew, from the beginning.
    const passesOn = flags.has("PT") || facts.folder !== undefined;
    if (facts.folder !== undefined && flags.has("END")) return lost("its flag END has no equal there");
    const path = rewriteTarget(substitution, null, true);
    if (path === null) return lost("its target holds what cannot be written there");
    const wrong = wrongPart(path.parts, pattern, tests, false) ?? wrongInside(path, pattern, passesOn, facts.isClear);
    if (wrong !== null) return lost(wrong);
    const keeps = path.query === null ? !flags.has("QSD") : flags.has("QSA");
    return inside(path, keeps, passesOn);
  }
  const code = redirectStatus(flags.get("R"));
  if (code === null) return lost("its status is none of a redirect with a target");
  const target = rewriteTarget(substitution, facts.isCanonical ? (facts.name ?? "") : null);
  if (target === null) return lost("its target holds what cannot be written there");
  const parts = addressed(joinTexts(target.parts), flags.has("R"), facts);
  if (parts === null) return lost("only a redirect can be said there, not another path inside of the server");
  const wrong = wrongPart(parts, pattern, tests, flags.has("NE"));
  if (wrong !== null) return lost(wrong);
  if (!flags.has("L") && !flags.has("END") && !isLastForUrls)
    return lost("without L the rules behind it go on with its target");
  const keepsQuery = target.query === null ? !flags.has("QSD") : flags.has("QSA");
  const whole: RewriteTarget = { parts, query: target.query };
  return {
    rule: { kind: "rewrite", pattern, tests: asked, lines, status: code, target: whole, keepsQuery },
    goesOn: false,
  };
}

/** A target with what goes in front of it in a folder. */
function wholeTarget(word: string, isRedirect: boolean, folder: RuleFolder | undefined): string | null {
  if (folder === undefined || word === "-" || /^(?:\/|[a-z]+:\/\/|%\{REQUEST_URI\})/i.test(word)) return word;
  const base = isRedirect ? folder.redirectBase : folder.base;
  return base === null ? null : `${base}/${word}`;
}

const longNames: Readonly<Record<string, string>> = {
  REDIRECT: "R",
  LAST: "L",
  FORBIDDEN: "F",
  GONE: "G",
  NOCASE: "NC",
  QSAPPEND: "QSA",
  QSDISCARD: "QSD",
  NOESCAPE: "NE",
  PASSTHROUGH: "PT",
  PROXY: "P",
  ENV: "E",
  COOKIE: "CO",
  TYPE: "T",
  HANDLER: "H",
};

const known = new Set(["R", "L", "F", "G", "NC", "QSA", "QSD", "NE", "END", "PT"]);
/** What leaves the path and the rules behind as they are. */
const sideEffects = new Set(["E", "CO", "T", "H", "NC"]);

function readFlags(word: string | undefined): ReadonlyMap<string, string> {
  const flags = new Map<string, string>();
  if (word === undefined) return flags;
  for (const flag of word.replace(/^\[|\]$/g, "").split(",")) {
    const [name = "", value = ""] = flag.trim().split("=", 2);
    const upper = name.toUpperCase();
    if (upper !== "") flags.set(longNames[upper] ?? upper, value.toLowerCase());
  }
  return flags;
}

const statuses: Readonly<Record<string, number>> = { "": 302, temp: 302, permanent: 301, seeother: 303 };

function redirectStatus(word: string | undefined): number | null {
  const status = statuses[word ?? ""] ?? Number(word);
  return [301, 302, 303, 307, 308].includes(status) ? status : null;
}

/** Tests with those left out that are decided; a group that holds anyway is none. */
function undecided(tests: RewriteTests): RewriteTests {
  return tests
    .filter((group) => !group.some(({ kind }) => kind === "always"))
    .map((group) => group.filter(({ kind }) => kind !== "never"));
}

/** A server name that is known is text beside text. */
function joinTexts(parts: readonly TargetPart[]): readonly TargetPart[] {
  const joined: TargetPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.kind !== "text" || last?.kind !== "text") joined.push(part);
    else joined[joined.length - 1] = { kind: "text", text: last.text + part.text };
  }
  return joined;
}

/** The parts of a whole URL, or of a path that a client takes for one of the same server; null for anything else. */
function addressed(
  parts: readonly TargetPart[],
  isForced: boolean,
  { isCanonical, name, port, isTls, aliases }: RewriteFacts,
): readonly TargetPart[] | null {
  const [first, second] = parts;
  const text = first?.kind === "text" ? first.text : "";
  if (/^https?:\/\//i.test(text)) {
    const host = /^https?:\/\/([\w.-]*)/i.exec(text)?.[1]?.toLowerCase() ?? "";
    if (host === "") return text.endsWith("//") && second !== undefined && namesHost(second) ? parts : null;
    // httpd takes its own name out of a target without R, and goes on inside.
    const isOwn = aliases.some((one) => /[*?]/.test(one) || one.toLowerCase() === host);
    return isForced || !isOwn ? parts : null;
  }
  if (!isForced || (first?.kind !== "path" && !text.startsWith("/"))) return null;
  if (text.startsWith("//")) return null;
  if (!isCanonical) return parts;
  if (name === null || port === null) return null;
  const shown = port === (isTls ? 443 : 80) ? "" : `:${port}`;
  return [{ kind: "text", text: `http${isTls ? "s" : ""}://${name}${shown}` }, ...parts];
}

function namesHost({ kind }: TargetPart): boolean {
  return kind === "host-field" || kind === "host-name" || kind === "condition";
}

/** Why a part stands for nothing that is known there. */
function wrongPart(
  parts: readonly TargetPart[],
  pattern: RewritePattern,
  tests: RewriteTests,
  isRaw: boolean,
): string | null {
  const last: RewriteTest | undefined = tests.at(-1)?.[0];
  for (const part of parts) {
    if (part.kind === "text" || part.kind === "host-field" || part.kind === "host-name") continue;
    if (isRaw) return "with NE what the request holds is sent back as it is";
    if (part.kind === "capture" && (pattern.isNegated || part.number > pattern.groups))
      return `its expression has no $${part.number}`;
    if (part.kind !== "condition") continue;
    const isKnown = last?.kind === "match" && !last.pattern.isNegated && tests.every((group) => group.length === 1);
    if (!isKnown || part.number === 0 || part.number > last.pattern.groups)
      return `%${part.number} is not what the condition right before it has captured`;
    // A path or query could hold anything.
    if (last.subject.kind !== "field" || last.subject.name !== "host")
      return "only the Host field can be taken apart there";
  }
  return null;
}
