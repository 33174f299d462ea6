import type { Migration, Note, OutputFile, Verdict } from "./verdict.ts";
import { isPartial, writtenText } from "./verdict.ts";

/** The report as scripts read it. Names are never changed, only added to. */
export interface Report {
  readonly version: 1;
  readonly target: string;
  /** The httpd that the source is for. */
  readonly apache: string;
  readonly files: readonly ReportFile[];
  /** Lines of the output that no line of the source has become, or become a part of. */
  readonly added: readonly AddedLines[];
  readonly notes: readonly Note[];
  readonly summary: Readonly<Record<Verdict["kind"], number>> & {
    readonly added: number;
    /** Dropped lines that decided routing or access. */
    readonly deciding: number;
  };
  /** Whether something that decides routing or access could not be carried over. */
  readonly partial: boolean;
}

/** Up to a hundred lines of the output in a row with one reason; `line` to `endLine` are physical ones, from 1. */
export interface AddedLines {
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
  /** With line feeds between the lines. */
  readonly text: string;
  readonly why: string;
}

/** One file of the source with every line of it; once for each form that it comes out in. */
export interface ReportFile {
  readonly path: string;
  /** Its file in the output, where it has one of its own. */
  readonly output?: string;
  readonly lines: readonly ReportLine[];
}

/** A line of the source; `line` to `endLine` are physical ones, from 1. */
export interface ReportLine {
  readonly line: number;
  readonly endLine: number;
  readonly text: string;
  readonly verdict: Verdict["kind"];
  /** Of a changed line, and of one that is dropped and closed. */
  readonly to?: readonly string[];
  readonly why?: string;
  readonly decides?: boolean;
  readonly differs?: true;
}

/** What became of every line. */
export function makeReport(migration: Migration, target: string, apache: string): Report {
  const files = new Map<string, { readonly path: string; readonly output?: string; readonly lines: ReportLine[] }>();
  const counts = { kept: 0, changed: 0, folded: 0, dropped: 0 };
  let deciding = 0;
  for (const { path, output, line, endLine, text, verdict } of migration.lines) {
    counts[verdict.kind] += endLine - line + 1;
    if (verdict.kind === "dropped" && verdict.decides) deciding += 1;
    const key = output ?? path;
    const one = lineOf(line, endLine, text, verdict);
    const file = files.get(key);
    if (file !== undefined) file.lines.push(one);
    else files.set(key, { path, ...(output === undefined ? {} : { output }), lines: [one] });
  }
  const added = additionsOf(migration.files);
  return {
    version: 1,
    target,
    apache,
    files: [...files.values()],
    added,
    notes: notesOnce(migration.notes),
    summary: { ...counts, added: added.reduce((sum, { line, endLine }) => sum + endLine - line + 1, 0), deciding },
    partial: isPartial(migration),
  };
}

/** More lines of one reason are told in several parts. */
const MOST_TOGETHER = 100;

function additionsOf(files: readonly OutputFile[]): readonly AddedLines[] {
  const added: AddedLines[] = [];
  for (const { path, lines } of files) {
    let run: string[] = [];
    let reason: string | undefined;
    let start = 1;
    let next = 1;
    const close = (): void => {
      if (reason !== undefined && run.length > 0)
        added.push({ path, line: start, endLine: next - 1, text: run.join("\n"), why: reason });
      run = [];
      start = next;
    };
    for (const one of lines) {
      const { text, from, why } = one;
      const own = from === null && why !== undefined && /\S/.test(text) ? why : undefined;
      if (own !== reason || run.length === MOST_TOGETHER) close();
      reason = own;
      next += lineCount(text);
      if (own === undefined) start = next;
      else run.push(writtenText(one));
    }
    close();
  }
  return added;
}

/** A kept line with continuations is several. */
function lineCount(text: string): number {
  let count = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

/** There are as many as lines of the source, so each is made at once and not out of parts. */
function lineOf(line: number, endLine: number, text: string, verdict: Verdict): ReportLine {
  const { kind } = verdict;
  switch (kind) {
    case "kept":
      return { line, endLine, text, verdict: kind };
    case "changed":
      return verdict.differs === undefined
        ? { line, endLine, text, verdict: kind, to: verdict.to, why: verdict.why }
        : { line, endLine, text, verdict: kind, to: verdict.to, why: verdict.why, differs: true };
    case "folded":
      return { line, endLine, text, verdict: kind, why: verdict.why };
    case "dropped": {
      const { why, decides, instead } = verdict;
      return instead === undefined
        ? { line, endLine, text, verdict: kind, why, decides }
        : { line, endLine, text, verdict: kind, why, decides, to: instead };
    }
    default:
      return kind satisfies never;
  }
}

/** Each thing that is said of a place once, however many uses of a macro it was found in. */
function notesOnce(notes: readonly Note[]): readonly Note[] {
  const found = new Map<string, Note>();
  for (const note of notes) {
    const key = JSON.stringify([note.message, note.decides, note.place, note.about]);
    const before = found.get(key);
    found.set(key, before === undefined ? note : { ...before, count: (before.count ?? 1) + 1 });
  }
  return [...found.values()];
}

/** A note as a line of text. */
export function noteText({ message, place, count }: Note): string {
  const times = count === undefined ? "" : ` (${count} times)`;
  return `${place === null ? "" : `${place.path}:${place.line}  `}${message}${times}`;
}

/** Paths of the source; with that of the output where one comes out in several forms. */
export function namesOf(files: readonly ReportFile[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { path } of files) counts.set(path, (counts.get(path) ?? 0) + 1);
  return files.map(({ path, output }) =>
    counts.get(path) === 1 || output === undefined ? path : `${path} (as ${output})`,
  );
}

/** Lines that decided routing or access and are not in the output, with their places. */
export function lostLines({
  files,
}: Report): readonly { readonly place: string; readonly text: string; readonly why: string }[] {
  const shown = namesOf(files);
  return files.flatMap(({ lines }, index) =>
    lines.flatMap(({ line, text, decides, why }) =>
      decides === true ? [{ place: `${shown[index] ?? ""}:${line}`, text: firstLine(text), why: why ?? "" }] : [],
    ),
  );
}

/** That the output is not whole, and where that is said. */
export function partialText({ summary: { deciding } }: Report): string {
  const what = deciding === 0 ? "see the notes" : deciding === 1 ? "1 line" : `${deciding} lines`;
  return `Not all that decides routing or access could be carried over: ${what}`;
}

/** The report for a terminal: what decides first, then what else changed, and the sums. */
export function reportText(report: Report): string {
  return [...reportTextParts(report)].join("");
}

/** The same in parts of whole lines, with a line feed behind each: that of a long report may be longer than any string. */
export function* reportTextParts(report: Report): Iterable<string> {
  const { summary } = report;
  const shown = namesOf(report.files);
  for (const [index, { lines: all }] of report.files.entries()) {
    const path = shown[index] ?? "";
    for (const { line, text, verdict, why, to, decides } of all) {
      const shownText = verdict === "kept" ? "" : firstLine(text);
      if (shownText === "") continue;
      const mark = decides === true ? "LOST" : verdict;
      let part = `${path}:${line}  ${mark.padEnd(7)}  ${shownText}\n`;
      if (verdict === "changed") for (const one of to ?? []) part += `    -> ${one}\n`;
      yield why === undefined ? part : `${part}    ${why}\n`;
    }
  }
  for (const note of report.notes) yield `${noteText(note)}\n`;
  yield `${summary.kept} lines kept, ${summary.changed} changed, ${summary.folded} folded into others, ${summary.dropped} dropped; ${summary.added} added\n`;
  if (!report.partial) return;
  yield `${partialText(report)}\n`;
  for (const { place, text } of lostLines(report)) yield `    ${place}  ${text}\n`;
}

/** Of a line with continuations the first one, without blanks around it. */
function firstLine(text: string): string {
  const trimmed = text.trim();
  const end = trimmed.indexOf("\n");
  return end === -1 ? trimmed : trimmed.slice(0, end);
}
