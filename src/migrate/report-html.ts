import { wellFormed } from "../report/well-formed.ts";
import { differenceText, verificationNotes } from "./verify/verification-text.ts";
import type { Verification } from "./verify/verification.ts";
import type { Report, ReportLine } from "./report.ts";
import { lostLines, namesOf, noteText, partialText } from "./report.ts";

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  // A lone surrogate stands for a byte that is no UTF-8; no page can hold it.
  return wellFormed(text.replace(/[&<>"']/g, (character) => escapes[character] ?? ""));
}

const style = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}td{vertical-align:top;padding:.1rem .5rem;border-top:1px solid #ddd}
pre{margin:0;white-space:pre-wrap;font:13px/1.45 ui-monospace,monospace}.n{color:#777;text-align:right}
.changed{background:#eef6ff}.folded{background:#f4f4f4}.dropped{background:#fff6e5}.lost{background:#ffe3e3}.why{color:#555}`;

function row(line: ReportLine): string {
  const { verdict, decides, why, to, text } = line;
  const name = decides === true ? "lost" : verdict;
  const next = to === undefined || to.length === 0 ? "" : `<pre>${escapeHtml(to.join("\n"))}</pre>`;
  const reason = why === undefined ? "" : `<div class="why">${escapeHtml(why)}</div>`;
  return `<tr class="${name}"><td class="n">${line.line}</td><td><pre>${escapeHtml(text)}</pre></td><td>${name}</td><td>${next}${reason}</td></tr>`;
}

function verificationHtml(verification: Verification | null): string {
  if (verification === null) return "";
  const items = verification.differences.map(
    (one) =>
      `<li${one.announced === undefined ? ' class="lost"' : ""}><pre>${escapeHtml(differenceText(one))}</pre></li>`,
  );
  const notes = verificationNotes(verification).map((text) => `<p>${escapeHtml(text)}.</p>`);
  return `<h2>Verification</h2>${notes.join("")}${items.length === 0 ? "" : `<ul>${items.join("\n")}</ul>`}`;
}

/** The report as one page without anything from elsewhere; `verification` null: it was not asked for. */
export function reportHtml(report: Report, title: string, verification: Verification | null): string {
  const { summary } = report;
  const names = namesOf(report.files);
  const files = report.files.map(
    ({ lines }, index) => `<h2>${escapeHtml(names[index] ?? "")}</h2><table>${lines.map(row).join("\n")}</table>`,
  );
  const lost = lostLines(report).map(
    ({ place, text, why }) =>
      `<tr class="lost"><td class="n">${escapeHtml(place)}</td><td><pre>${escapeHtml(text)}</pre></td><td class="why">${escapeHtml(why)}</td></tr>`,
  );
  const notes = report.notes.map((note) => `<li>${escapeHtml(noteText(note))}</li>`);
  const added = report.added.map(
    ({ path, line, text, why }) =>
      `<tr><td class="n">${escapeHtml(path)}:${line}</td><td><pre>${escapeHtml(text)}</pre></td><td class="why">${escapeHtml(why)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${style}</style></head><body>
<h1>${escapeHtml(title)}</h1>
<p>${summary.kept} lines kept, ${summary.changed} changed, ${summary.folded} folded into others, ${summary.dropped} dropped, ${summary.added} added.</p>
${report.partial ? `<p class="lost">${escapeHtml(partialText(report))}.</p>` : ""}
${lost.length === 0 ? "" : `<table>${lost.join("\n")}</table>`}
${notes.length === 0 ? "" : `<ul>${notes.join("\n")}</ul>`}
${verificationHtml(verification)}
${files.join("\n")}
<h2>Added</h2><table>${added.join("\n")}</table>
</body></html>
`;
}
