import type { IncomingMessage, ServerResponse } from "node:http";
import type { Member } from "../stats/member.ts";
import { sendLocalAnswer } from "./local-answer.ts";

/** What the status page shows of a member besides what it announced. */
export interface MemberCounts {
  readonly inflight: number;
  readonly requests: number;
  readonly errors: number;
}

/** The state of the cluster at one moment, in the form that scripts read; names as in the JSON. */
export interface StatusReport {
  readonly version: 1;
  readonly self: { readonly id: string; readonly address: string };
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly members: readonly StatusMember[];
  readonly refused: Readonly<Record<string, number>>;
}

interface StatusMember extends MemberCounts {
  readonly id: string;
  readonly address: string;
  readonly port: number;
  readonly state: string;
  readonly ageMs: number;
  readonly ready: number;
  readonly busy: number;
  readonly load: number;
  readonly cpu: number;
  readonly ncpu: number;
  readonly arriba: number;
  readonly tmem: number;
  readonly amem: number;
  readonly numbacked: number;
  readonly tatime: number;
}

/** Puts together what the status page shows. */
export function statusReport(
  members: readonly Member[],
  self: Member,
  refused: Readonly<Record<string, number>>,
  countsOf: (id: string) => MemberCounts,
  now: number,
): StatusReport {
  return {
    version: 1,
    self: { id: self.id, address: self.address },
    now,
    members: members.map((member) => ({
      id: member.id,
      address: member.address,
      port: member.port,
      state: member.state,
      ageMs: member.isSelf ? 0 : Math.max(0, now - member.lastHeardMs),
      ready: member.ready,
      busy: member.busy,
      load: member.load,
      cpu: member.cpuIdle,
      ncpu: member.cpuCount,
      arriba: member.arriba,
      tmem: member.totalMemoryBytes,
      amem: member.availableMemoryBytes,
      numbacked: member.backhanded,
      tatime: member.meanTimeMs,
      ...countsOf(member.id),
    })),
    refused,
  };
}

/** Answers a request for the status page: JSON for `?format=json` or who prefers it, else HTML. */
export function sendStatus(request: IncomingMessage, response: ServerResponse, report: StatusReport): void {
  if (request.method !== "GET" && request.method !== "HEAD") {
    sendLocalAnswer(response, { status: 405, allow: "GET, HEAD" });
    return;
  }
  const query = (request.url ?? "").split("?")[1] ?? "";
  const asked = new URLSearchParams(query).get("format");
  const wantsJson = asked === "json" || (asked === null && /\bapplication\/json\b/i.test(request.headers.accept ?? ""));
  const text = wantsJson ? `${JSON.stringify(report)}\n` : statusHtml(report);
  response.setHeader("Content-Type", wantsJson ? "application/json" : "text/html; charset=utf-8");
  response.setHeader("Content-Length", Buffer.byteLength(text));
  response.setHeader("Cache-Control", "no-store");
  response.setHeader("Vary", "Accept");
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
  response.end(text);
}

const columns: readonly (readonly [title: string, cell: (member: StatusMember) => string | number])[] = [
  ["server", ({ id }) => id],
  ["contact", ({ address, port }) => `${address.includes(":") ? `[${address}]` : address}:${port}`],
  ["state", ({ state }) => state],
  ["age", ({ ageMs }) => `${(ageMs / 1000).toFixed(1)} s`],
  ["ready", ({ ready }) => ready],
  ["busy", ({ busy }) => busy],
  ["load", ({ load }) => load.toFixed(2)],
  ["CPU idle", ({ cpu }) => `${Math.round(cpu * 100)} %`],
  ["CPUs", ({ ncpu }) => ncpu],
  ["arriba", ({ arriba }) => arriba],
  ["memory", ({ tmem }) => mebibytes(tmem)],
  ["available", ({ amem }) => mebibytes(amem)],
  ["backhanded", ({ numbacked }) => numbacked],
  ["mean time", ({ tatime }) => `${Math.round(tatime)} ms`],
  ["in flight", ({ inflight }) => inflight],
  ["requests", ({ requests }) => requests],
  ["errors", ({ errors }) => errors],
];

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MiB`;
}

function statusHtml({ self, now, members, refused }: StatusReport): string {
  const cells = (tag: "td" | "th", texts: readonly (string | number)[]): string =>
    texts.map((text) => `<${tag}>${escapeHtml(String(text))}</${tag}>`).join("");
  const rows = members.map((member) => {
    const own = member.id === self.id ? ' class="self"' : "";
    return `<tr${own}>${cells(
      "td",
      columns.map(([, cell]) => cell(member)),
    )}</tr>`;
  });
  const dropped = Object.entries(refused).map(([reason, count]) => `${reason} ${count}`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>backhand: ${escapeHtml(self.id)}</title>
<style>
body { font: 14px sans-serif; margin: 2em; }
table { border-collapse: collapse; }
th, td { border: 1px solid #999; padding: 0.3em 0.6em; text-align: right; }
th:first-child, td:first-child { text-align: left; }
.self { background: #eef; }
</style>
</head>
<body>
<h1>${escapeHtml(self.id)} (${escapeHtml(self.address)})</h1>
<p>${escapeHtml(new Date(now).toISOString())}, ${members.length} servers</p>
<table>
<thead><tr>${cells(
    "th",
    columns.map(([title]) => title),
  )}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
<p>Announcements dropped: ${escapeHtml(dropped.join(", "))}</p>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
