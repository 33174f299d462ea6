import { wellFormed } from "../report/well-formed.ts";
import { remembering } from "./remembering.ts";
import { differenceTexts, verificationNotes } from "./verify/verification-text.ts";
import type { Verification } from "./verify/verification.ts";
import type { Report, ReportLine } from "./report.ts";
import { lostLines, namesOf, noteText, partialText } from "./report.ts";

/** The ampersand first, which the others hold. */
const escapes = [
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
] as const;
const NEEDS_ESCAPE = /[&<>]/;

/** For text between tags, where all of it stands; the value of an attribute would need its quotes escaped, too. */
function escapeHtml(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return text;
  let escaped = text;
  for (const [character, escape] of escapes)
    if (escaped.includes(character)) escaped = escaped.replaceAll(character, escape);
  return escaped;
}

const style = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}td{vertical-align:top;padding:.1rem .5rem;border-top:1px solid #ddd}
pre{margin:0;white-space:pre-wrap;font:13px/1.45 ui-monospace,monospace}.n{color:#777;text-align:right}
.changed{background:#eef6ff}.folded{background:#f4f4f4}.dropped{background:#fff6e5}.lost{background:#ffe3e3}.why{color:#555}
pre,.why,li,h1,h2{overflow-wrap:anywhere}
@media(max-width:45em){table,tbody,tr,td{display:block}td{border:0}tr{border-top:1px solid #ddd;padding:.3rem 0}.n{text-align:left}}`;

function rowMaker(): (line: ReportLine) => string {
  const reasonOf = remembering((why) => `<div class="why">${escapeHtml(why)}</div>`);
  return ({ verdict, decides, why, to, text, line }) => {
    const name = decides === true ? "lost" : verdict;
    const next = to === undefined || to.length === 0 ? "" : `<pre>${escapeHtml(to.join("\n"))}</pre>`;
    const reason = why === undefined ? "" : reasonOf(why);
    return `<tr class="${name}"><td class="n">${line}</td><td><pre>${escapeHtml(text)}</pre></td><td>${name}</td><td>${next}${reason}</td></tr>`;
  };
}

function verificationHtml(verification: Verification | null): string {
  if (verification === null) return "";
  const { unexplained, announced } = differenceTexts(verification);
  const items = [
    ...unexplained.map((text) => `<li class="lost"><pre>${escapeHtml(text)}</pre></li>`),
    ...announced.map((text) => `<li><pre>${escapeHtml(text)}</pre></li>`),
  ];
  const notes = verificationNotes(verification).map((text) => `<p>${escapeHtml(text)}.</p>`);
  return `<h2>Verification</h2>${notes.join("")}${items.length === 0 ? "" : `<ul>${items.join("\n")}</ul>`}`;
}

/** Rows that are made text together. */
const AT_ONCE = 50;

/** The rows of a table, a line each, in parts. */
function* tableParts<Item>(items: readonly Item[], rowOf: (item: Item) => string): Iterable<string> {
  yield "<table>";
  for (let at = 0; at < items.length; at += AT_ONCE) {
    if (at > 0) yield "\n";
    yield items
      .slice(at, at + AT_ONCE)
      .map(rowOf)
      .join("\n");
  }
  yield "</table>";
}

/** The report as one page without anything from elsewhere, in parts; `verification` null: it was not asked for. */
export function* reportHtml(report: Report, title: string, verification: Verification | null): Iterable<string> {
  // A lone surrogate stands for a byte that is no UTF-8; no page can hold it.
  for (const part of pageParts(report, title, verification)) yield wellFormed(part);
}

function* pageParts(report: Report, title: string, verification: Verification | null): Iterable<string> {
  const { summary } = report;
  const names = namesOf(report.files);
  const lost = lostLines(report);
  const notes = report.notes.map((note) => `<li>${escapeHtml(noteText(note))}</li>`);
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style></head><body>
<h1>${escapeHtml(title)}</h1>
<p>${summary.kept} lines kept, ${summary.changed} changed, ${summary.folded} folded into others, ${summary.dropped} dropped, ${summary.added} added.</p>
${report.partial ? `<p class="lost">${escapeHtml(partialText(report))}.</p>` : ""}
`;
  if (lost.length > 0) {
    yield* tableParts(
      lost,
      ({ place, text, why }) =>
        `<tr class="lost"><td class="n">${escapeHtml(place)}</td><td><pre>${escapeHtml(text)}</pre></td><td class="why">${escapeHtml(why)}</td></tr>`,
    );
  }
  yield `\n${notes.length === 0 ? "" : `<ul>${notes.join("\n")}</ul>`}\n${verificationHtml(verification)}`;
  const row = rowMaker();
  for (const [index, { lines }] of report.files.entries()) {
    yield `\n<h2>${escapeHtml(names[index] ?? "")}</h2>`;
    yield* tableParts(lines, row);
  }
  const remembered = remembering(escapeHtml);
  yield `${report.files.length === 0 ? "\n" : ""}\n<h2>Added</h2>`;
  yield* tableParts(
    report.added,
    ({ path, line, endLine, text, why }) =>
      `<tr><td class="n">${remembered(path)}:${line === endLine ? line : `${line}–${endLine}`}</td><td><pre>${escapeHtml(text)}</pre></td><td class="why">${remembered(why)}</td></tr>`,
  );
  yield "\n</body></html>\n";
}
