import { createHash } from "node:crypto";
import { addressAndPort } from "../access/address.ts";
import { placesText } from "./places-text.ts";
import { isSilent, silenceText } from "./silent-members.ts";
import type { StatusMember, StatusReport } from "./status-report.ts";

const style = `
:root { color-scheme: light dark; --line: #ccc; --strong: #888; --own: #eef3fb; --bad: #fdecea; --weak: #666; --shadow: #0004; }
@media (prefers-color-scheme: dark) {
  :root { --line: #444; --strong: #888; --own: #1d2836; --bad: #4a1f1b; --weak: #999; --shadow: #fff4; }
}
body { font: 13px/1.4 system-ui, sans-serif; margin: 1em; overflow-wrap: anywhere; }
h1 { font-size: 1.4em; margin: 0; }
p { margin: 0.4em 0 1em; }
/* A shadow at the side where there is more of the table: bars of scrolling are often invisible. */
div {
  overflow-x: auto;
  background:
    linear-gradient(to left, Canvas 30%, transparent) right / 3em 100% no-repeat local,
    linear-gradient(to left, var(--shadow), transparent) right / 1em 100% no-repeat scroll;
}
table { border-collapse: collapse; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
th, td { border-bottom: 1px solid var(--line); padding: 0.3em 0.35em; text-align: right; white-space: nowrap; }
th { border-bottom: 2px solid var(--strong); vertical-align: bottom; white-space: normal; }
th:first-child, td:first-child { text-align: left; position: sticky; left: 0; background: Canvas; }
td.name { white-space: normal; min-width: 7em; }
tr.self td { background: var(--own); }
tr.drain td, tr.silent td { color: var(--weak); }
tr.ejected td { background: var(--bad); }
ul { padding-left: 1.2em; }
`;

/** The policy for the page: its own style, which it names by its hash, and nothing else. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const columns: readonly (readonly [title: string, cell: (member: StatusMember) => string | number])[] = [
  ["server", ({ id }) => id],
  ["state", ({ state }) => state],
  ["age", ({ ageMs }) => `${(ageMs / 1000).toFixed(1)} s`],
  ["contact", ({ address, port }) => addressAndPort(address, port)],
  ["ready", ({ ready }) => ready],
  ["busy", ({ busy }) => busy],
  ["load", ({ load }) => load.toFixed(2)],
  ["CPU idle", ({ cpu }) => `${Math.round(cpu * 100)} %`],
  ["CPUs", ({ ncpu }) => ncpu],
  ["arriba", ({ arriba }) => arriba],
  ["memory", ({ tmem }) => memoryText(tmem)],
  ["available", ({ amem }) => memoryText(amem)],
  ["backhanded", ({ numbacked }) => numbacked],
  ["mean time", ({ tatime }) => `${Math.round(tatime)} ms`],
  ["in flight", ({ inflight }) => inflight],
  ["requests", ({ requests }) => requests],
  ["errors", ({ errors }) => errors],
  ["latency", ({ latency }) => (latency === 0 ? "–" : `${latency.toFixed(1)} ms`)],
  ["check", ({ check }) => checkText(check)],
  ["arrivals per period", ({ arrivals }) => arrivals.toFixed(1)],
  ["variance", ({ arrivalsVariance }) => arrivalsVariance.toFixed(1)],
];

function checkText(check: StatusMember["check"]): string {
  if (check === null) return "–";
  return check.problem === null ? `${check.latency.toFixed(1)} ms` : "failed";
}

/** Two or three digits: more of them only take room. */
function memoryText(bytes: number): string {
  const mebibytes = bytes / 1024 ** 2;
  if (mebibytes < 1000) return `${Math.round(mebibytes)} MiB`;
  const gibibytes = mebibytes / 1024;
  return `${gibibytes.toFixed(gibibytes < 9.95 ? 1 : 0)} GiB`;
}

/** The status page for people. */
export function statusHtml(report: StatusReport): string {
  const { self, now, members, refused } = report;
  const rows = members.map((member) => {
    const kind = member.id === self.id ? "self" : isSilent(member) && member.state === "up" ? "silent" : member.state;
    const cells = columns.map(([title, cell]) => {
      const text = escapeHtml(String(cell(member)));
      return title === "server" || title === "contact"
        ? `<td class="name">${breakable(text)}</td>`
        : `<td>${text}</td>`;
    });
    return `<tr class="${kind}">${cells.join("")}</tr>`;
  });
  const notes = members.flatMap(noteTexts);
  const dropped = Object.entries(refused).map(([reason, count]) => `${reason} ${count}`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="5">
<meta name="viewport" content="width=device-width">
<title>backhand: ${escapeHtml(self.id)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeHtml(self.id)} (${escapeHtml(self.address)})</h1>
<p>${escapeHtml(new Date(now).toISOString())}, ${members.length} servers</p>
<div tabindex="0">
<table>
<thead><tr>${columns.map(([title]) => `<th>${title}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</div>
${notes.length === 0 ? "" : `<ul>${notes.map((text) => `<li>${escapeHtml(text)}</li>`).join("")}</ul>`}
<p>${escapeHtml(herdingText(report.herding))}</p>
${report.places === null ? "" : `<p>${escapeHtml(placesText(report.places))}</p>`}
<p>Announcements refused: ${escapeHtml(dropped.join(", "))}</p>
</body>
</html>
`;
}

function noteTexts(member: StatusMember): readonly string[] {
  const { id, ejection, check } = member;
  const notes: string[] = [];
  if (ejection !== null) {
    const times = ejection.times > 1 ? `, time ${ejection.times} in a row` : "";
    notes.push(`${id} is ejected: ${ejection.reason} (${Math.ceil(ejection.leftMs / 1000)} s left${times})`);
  } else if (check !== null && check.problem !== null) {
    notes.push(`${id}: its last check failed: ${check.problem}`);
  }
  const silence = silenceText(member);
  return silence === null ? notes : [...notes, silence];
}

function herdingText(herding: number | null): string {
  if (herding === null) return "Herding: too few requests to say";
  const meaning = herding > 4 ? "requests come in herds" : herding < 0.5 ? "evener than chance" : "as by chance";
  return `Herding: ${herding.toFixed(2)} (variance of arrivals from one period to the next by their mean): ${meaning}`;
}

/** Escaped text that may be broken behind its signs: names and addresses are the widest cells. */
function breakable(html: string): string {
  return html.replace(/&#\d+;|[.:%@_-]/g, "$&<wbr>");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
