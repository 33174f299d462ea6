import type { ArtifactChange, Location, Log, Region, ReportingDescriptor, Result } from "sarif";
import type { Diagnostic, Fix, Severity } from "../../diagnostics/diagnostic.ts";
import { fingerprintsOf } from "../../diagnostics/fingerprint.ts";
import type { LintedFile } from "../../lint/lint.ts";
import { rules } from "../../lint/rules/index.ts";
import type { SourceFile } from "../../source/source-file.ts";
import { version } from "../../version.ts";
import type { Format, FormatOptions } from "../format.ts";
import { wellFormed } from "../well-formed.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** SARIF's words for the severities. */
const levels = { error: "error", warning: "warning", info: "note" } as const satisfies Record<Severity, string>;

/** Each path segment escaped, so that blanks, `#` and `%` of file names stay what they are. `-` is standard input. */
function uriOf(path: string): string {
  // Bytes that are no UTF-8 are kept as lone surrogates, which no URI can hold.
  const text = wellFormed(path.replaceAll("\\", "/"));
  const uri = text.split("/").map(encodeURIComponent).join("/");
  return text.startsWith("/") ? `file://${uri}` : uri;
}

function regionOf({ line, column, endLine, endColumn }: Diagnostic): Region {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function location(path: string, region: Region): Location {
  return { physicalLocation: { artifactLocation: { uri: uriOf(path) }, region } };
}

function changeOf(source: SourceFile, { edits }: Fix): ArtifactChange {
  return {
    artifactLocation: { uri: uriOf(source.path) },
    replacements: edits.map(({ start, end, text }) => {
      const from = source.position(start);
      const to = source.position(end);
      return {
        deletedRegion: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column },
        insertedContent: { text: wellFormed(text) },
      };
    }),
  };
}

function resultOf(source: SourceFile, diagnostic: Diagnostic, fingerprint: string, ruleIndex: number): Result {
  const { rule, severity, message, help, related, fix, fatal, category } = diagnostic;
  return {
    ruleId: rule,
    ...(ruleIndex === -1 ? {} : { ruleIndex }),
    level: levels[severity],
    message: { text: wellFormed(`${message}${help === undefined ? "" : ` (${help})`}`) },
    locations: [location(source.path, regionOf(diagnostic))],
    partialFingerprints: { "backhand/v1": fingerprint },
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map(({ path, line, column, message: text }, id) => ({
            id,
            ...location(path, { startLine: line, startColumn: column }),
            message: { text: wellFormed(text) },
          })),
        }),
    // A viewer applies what it is given, so only what is safe is given.
    ...(fix?.safe === true
      ? { fixes: [{ description: { text: wellFormed(help ?? message) }, artifactChanges: [changeOf(source, fix)] }] }
      : {}),
    properties: { category, fatal },
  };
}

/** Every rule, so that a viewer knows what was looked for; the page goes with those that found something. */
function descriptors(found: ReadonlySet<string>, pageOf: FormatOptions["pageOf"]): ReportingDescriptor[] {
  return rules.map(({ id, summary, severity, category }) => {
    const page = found.has(id) ? (pageOf?.(id) ?? null) : null;
    return {
      id,
      shortDescription: { text: `${summary}.` },
      help: {
        text: `\`backhand rules ${id}\` shows the page of the rule.`,
        ...(page === null ? {} : { markdown: page }),
      },
      defaultConfiguration: { level: levels[severity] },
      properties: { tags: [category] },
    };
  });
}

/** SARIF 2.1.0, for code scanning; docs/formats/sarif.md says what is in it. */
export const sarif: Format = ({ files, dialect, dialectReason }, { pageOf }) => {
  const found = new Set(files.flatMap(({ diagnostics }) => diagnostics.map(({ rule }) => rule)));
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const resultsOf = ({ source, diagnostics }: LintedFile): Result[] => {
    const prints = fingerprintsOf(source, diagnostics);
    return diagnostics.map((one, index) => resultOf(source, one, prints[index] ?? "", indexes.get(one.rule) ?? -1));
  };
  const log: Log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "backhand", version, rules: descriptors(found, pageOf) } },
        columnKind: "utf16CodeUnits",
        artifacts: files.map(({ source }) => ({ location: { uri: uriOf(source.path) } })),
        results: files.flatMap(resultsOf),
        properties: { apache: dialect, apacheReason: wellFormed(dialectReason) },
      },
    ],
  };
  return `${JSON.stringify(log)}\n`;
};
