import type { Dialect } from "../../grammar/dialect.ts";
import type { Line } from "../../grammar/syntax-tree.ts";
import type { ActiveConfig, FileReading, Origin } from "../config/active-config.ts";
import type { FileSystem } from "../config/file-system.ts";
import type { Diagnostic, RelatedPlace, Severity } from "../diagnostics/diagnostic.ts";
import { compareDiagnostics, identityOf } from "../diagnostics/order.ts";
import { suppressionsIn, type Suppression, type Suppressions } from "../diagnostics/suppression.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Finding, Rule } from "./rule.ts";
import { applyShadows, type Found } from "./shadows.ts";
import { suppressionFindings } from "./suppression-findings.ts";
import { visit } from "./visit.ts";

export interface LintOptions {
  readonly rules: readonly Rule[];
  /** What the user decided, by rule id; a rule that is not in it has its own severity. */
  readonly severities: ReadonlyMap<string, Severity | "off">;
  /** Where rules may look whether what the configuration names is there; without it they do not look. */
  readonly files?: FileSystem;
}

/** One file that was read, with what was found in it, in the order of its lines. */
export interface LintedFile {
  readonly source: SourceFile;
  readonly dialect: Dialect;
  readonly diagnostics: readonly Diagnostic[];
}

/** Counts over all files. The last three are of directives in active text. */
export interface LintSummary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly suppressed: number;
  readonly directives: number;
  readonly understood: number;
  readonly opaque: number;
}

export interface LintResult {
  readonly dialect: Dialect;
  readonly dialectReason: string;
  /** Every file that was read, in reading order, also those without findings. */
  readonly files: readonly LintedFile[];
  readonly summary: LintSummary;
}

/** A file under one path, over all its readings. */
interface FileFindings {
  readonly source: SourceFile;
  readonly suppressions: Suppressions;
  readonly used: Set<Suppression>;
  /** By identity, so that a file that is included twice has each finding once. */
  readonly diagnostics: Map<string, Diagnostic>;
}

/** Severities by rule, as the user wants them. A fatal finding is an error, whatever the rule usually says. */
function severityOf(rule: Rule, finding: Finding, wanted: Severity | undefined): Severity {
  if (wanted !== undefined) return wanted;
  return finding.fatal === true ? "error" : (finding.severity ?? rule.severity);
}

/** Where a line's text begins, without the blanks before it. */
function startOf(line: Line): number {
  return "nameStart" in line ? line.nameStart : line.start;
}

function placeOf({ reading: { source }, line }: Origin, message: string): RelatedPlace {
  return { path: source.path, ...source.position(startOf(line)), message };
}

/** What the finding names itself, and the Includes that led to its file, from the inside out. */
function relatedOf(finding: Finding): readonly RelatedPlace[] {
  const places = (finding.related ?? []).map(({ origin, message }) => placeOf(origin, message));
  for (let via = finding.reading.via; via !== null && places.length < MOST_RELATED; via = via.reading.via) {
    places.push(placeOf(via, "included here"));
  }
  return places;
}

/** One finding of a file that is included more than once: both ways there. */
function withOtherWay(before: Diagnostic, again: Diagnostic): Diagnostic {
  if (before.related.length >= MOST_RELATED && (before.fatal || !again.fatal)) return before;
  const known = new Set(before.related.map((place) => JSON.stringify(place)));
  const more = again.related.filter((place) => !known.has(JSON.stringify(place)));
  const related = [...before.related, ...more].slice(0, MOST_RELATED);
  return {
    ...before,
    fatal: before.fatal || again.fatal,
    severity: again.fatal ? again.severity : before.severity,
    related,
  };
}

/** A file may be included a thousand times. */
const MOST_RELATED = 8;

/** Nobody reads so many of one rule; a hostile megabyte has a quarter million, which would take seconds and gigabytes. */
const MOST_FINDINGS = 20_000;

/** What stands for all findings of a rule beyond the bound: the place of the first, fatal when any of them is. */
function firstLeftOut(before: Finding | undefined, finding: Finding): Finding {
  const { reading, span } = before ?? finding;
  const message = `More than ${MOST_FINDINGS.toLocaleString("en")} findings of this rule; those from here on are left out`;
  return { reading, span, message, fatal: before?.fatal === true || finding.fatal === true };
}

/** A message may quote a line of the file, and that may be megabytes long. */
const LONGEST_MESSAGE = 400;

function cut(text: string): string {
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}\u2026` : text;
}

function diagnosticOf(rule: Rule, finding: Finding, severity: Severity): Diagnostic {
  const { source } = finding.reading;
  const start = source.position(finding.span.start);
  const end = source.position(Math.max(finding.span.end, finding.span.start));
  return {
    rule: rule.id,
    category: rule.category,
    severity,
    fatal: finding.fatal ?? false,
    message: cut(finding.message),
    ...(finding.help === undefined ? {} : { help: cut(finding.help) }),
    url: `docs/rules/${rule.id}.md`,
    path: source.path,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    related: relatedOf(finding),
    ...(finding.fix === undefined ? {} : { fix: finding.fix }),
  };
}

/**
 * Runs the rules over a configuration. Findings come out once each, in order; suppression comments, severities and rules
 * that shadow others are already applied. A rule that throws is a fault of ours and goes through.
 */
export function lint(config: ActiveConfig, options: LintOptions): LintResult {
  const { dialect } = config;
  const files = new Map<string, FileFindings>();
  for (const { source, tree } of config.readings) {
    if (files.has(source.path)) continue;
    files.set(source.path, {
      source,
      suppressions: suppressionsIn(tree),
      used: new Set(),
      diagnostics: new Map(),
    });
  }
  const wanted = (rule: Rule): Severity | "off" | undefined => options.severities.get(rule.id);
  const running = options.rules.filter(
    (rule) =>
      rule.dialects.includes(dialect) &&
      wanted(rule) !== "off" &&
      (rule.onlyOnRequest !== true || wanted(rule) !== undefined),
  );
  const found: Found[] = [];
  const counts = new Map<Rule, number>();
  const leftOut = new Map<Rule, Finding>();
  let suppressed = 0;
  const collect = (rule: Rule, finding: Finding): void => {
    const file = files.get(finding.reading.source.path);
    if (file === undefined) return;
    const suppression = file.suppressions.find(rule.id, finding.span.start);
    if (suppression !== undefined) {
      file.used.add(suppression);
      suppressed++;
      return;
    }
    const count = (counts.get(rule) ?? 0) + 1;
    counts.set(rule, count);
    if (count > MOST_FINDINGS) {
      const before = leftOut.get(rule);
      if (before === undefined || (finding.fatal === true && before.fatal !== true))
        leftOut.set(rule, firstLeftOut(before, finding));
      return;
    }
    found.push({ rule, finding, line: file.source.position(finding.span.start).line });
  };
  const contexts = running.map((rule) =>
    rule.create({
      config,
      files: options.files ?? null,
      report: (finding) => {
        collect(rule, finding);
      },
      isFull: () => (counts.get(rule) ?? 0) > MOST_FINDINGS,
    }),
  );
  visit(config, contexts);
  const ids = new Set(running.map((rule) => rule.id));
  for (const rule of running.filter(({ id }) => id === "suppression-comment")) {
    const known = new Set(options.rules.map(({ id }) => id));
    for (const reading of firstReadings(config)) {
      const file = files.get(reading.source.path);
      if (file === undefined) continue;
      for (const finding of suppressionFindings(reading, file.suppressions.all, file.used, known, ids)) {
        collect(rule, finding);
      }
    }
  }
  for (const [rule, finding] of leftOut) {
    found.push({ rule, finding, line: finding.reading.source.position(finding.span.start).line });
  }
  for (const { rule, finding } of applyShadows(found)) {
    const decided = wanted(rule);
    const diagnostic = diagnosticOf(rule, finding, severityOf(rule, finding, decided === "off" ? undefined : decided));
    const file = files.get(diagnostic.path);
    if (file === undefined) continue;
    const identity = identityOf(diagnostic);
    const before = file.diagnostics.get(identity);
    file.diagnostics.set(identity, before === undefined ? diagnostic : withOtherWay(before, diagnostic));
  }
  const linted = [...files.values()].map(({ source, diagnostics }) => ({
    source,
    dialect,
    diagnostics: [...diagnostics.values()].sort(compareDiagnostics),
  }));
  return {
    dialect,
    dialectReason: config.dialectReason,
    files: linted,
    summary: summarize(linted, suppressed, config.counts),
  };
}

function firstReadings(config: ActiveConfig): readonly FileReading[] {
  const seen = new Set<string>();
  return config.readings.filter(({ source }) => !seen.has(source.path) && seen.add(source.path));
}

/** Counts findings by severity and adds what the reader counted. */
export function summarize(
  files: readonly LintedFile[],
  suppressed: number,
  counts: ActiveConfig["counts"],
): LintSummary {
  const bySeverity = { error: 0, warning: 0, info: 0 };
  for (const { diagnostics } of files) {
    for (const { severity } of diagnostics) bySeverity[severity]++;
  }
  const { directives, understood, opaque } = counts;
  const { error: errors, warning: warnings, info: infos } = bySeverity;
  return { errors, warnings, infos, suppressed, directives, understood, opaque };
}
