import { addressAndPort } from "../../access/address.ts";
import { printable } from "../../report/printable.ts";
import { silenceText } from "../../server/silent-members.ts";
import type { WorkerFacts } from "../../server/steerable.ts";
import { placesText } from "../../server/places-text.ts";
import type { StatusMember, StatusReport } from "../../server/status-report.ts";
import { askControl, ControlError, findSocket, messageOf } from "../control/control-client.ts";
import type { SocketOptions } from "../control/control-client.ts";
import type { ExitCode } from "../exit-codes.ts";
import { exitCodes } from "../exit-codes.ts";
import type { GlobalOptions, Terminal } from "../terminal.ts";

/** What the server says of itself besides the report. */
interface ServerFacts {
  readonly version: string;
  readonly pid: number;
  readonly uptimeMs: number;
  readonly busy: number;
  readonly workers: readonly WorkerFacts[];
  readonly addresses: readonly { readonly address: string; readonly port: number }[];
  readonly transports: readonly string[];
  readonly notHonoured: readonly string[];
}

/** `backhand status`: the state of a running server; 1 when it cannot be reached. */
export async function run(
  options: SocketOptions & { readonly format: "text" | "json" },
  global: GlobalOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  try {
    const reply = await askControl(await findSocket(options, global, terminal), "GET", "/status");
    if (reply.status !== 200) throw new ControlError(messageOf(reply));
    const report = reply.body as StatusReport & { readonly server: ServerFacts };
    terminal.stdout(options.format === "json" ? `${JSON.stringify(report, null, 2)}\n` : text(report));
    return exitCodes.fine;
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    terminal.stderr(`backhand: ${printable(error.message)}\n`);
    return exitCodes.findings;
  }
}

const columns: readonly (readonly [title: string, cell: (member: StatusMember) => string])[] = [
  ["server", ({ id }) => id],
  ["contact", ({ address, port }) => addressAndPort(address, port)],
  ["state", ({ state }) => state],
  ["age", ({ ageMs }) => `${(ageMs / 1000).toFixed(1)} s`],
  ["ready", ({ ready }) => String(ready)],
  ["busy", ({ busy }) => String(busy)],
  ["load", ({ load }) => load.toFixed(2)],
  ["CPU idle", ({ cpu }) => `${Math.round(cpu * 100)} %`],
  ["in flight", ({ inflight }) => String(inflight)],
  ["requests", ({ requests }) => String(requests)],
  ["errors", ({ errors }) => String(errors)],
];

function text(report: StatusReport & { readonly server: ServerFacts }): string {
  const { self, members, refused, herding, places, server } = report;
  const rows = [columns.map(([title]) => title), ...members.map((member) => columns.map(([, cell]) => cell(member)))];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const table = rows.map((row) =>
    row
      .map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
  const ejected = members.flatMap(({ id, ejection }) =>
    ejection === null ? [] : [`${id} is ejected for ${Math.ceil(ejection.leftMs / 1000)} s: ${ejection.reason}`],
  );
  const dropped = Object.entries(refused).flatMap(([reason, count]) => (count > 0 ? [`${reason} ${count}`] : []));
  const ports = server.addresses.map(({ address, port }) => addressAndPort(address, port));
  const lines = [
    `${self.id} at ${self.address}, backhand ${server.version}, process ${server.pid}, up ${Math.round(server.uptimeMs / 1000)} s`,
    `listens on ${ports.join(", ")}; ${server.busy} requests now`,
    ...server.workers.map(
      ({ pid, uptimeMs, busy }) => `worker ${pid}, up ${Math.round(uptimeMs / 1000)} s, ${busy} requests now`,
    ),
    ...(server.transports.length > 0 ? [`announces by ${server.transports.join(", ")}`] : []),
    "",
    ...table,
    "",
    ...ejected,
    ...members.flatMap((member) => silenceText(member) ?? []),
    `announcements refused: ${dropped.length > 0 ? dropped.join(", ") : "none"}`,
    ...(herding === null ? [] : [`herding: ${herding.toFixed(2)} (1 is chance)`]),
    ...(places === null ? [] : [placesText(places)]),
    ...server.notHonoured.map((line) => `not honoured: ${line}`),
  ];
  return lines.map((line) => `${printable(line)}\n`).join("");
}
