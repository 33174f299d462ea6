import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentAnnouncement } from "../../src/stats/announcement.ts";
import { encodeAnnouncement } from "../../src/stats/packet.ts";

/** Addresses that the packets come from, so that the limit for each source holds as it is. */
const SOURCES = 250;

/** Sends the lines of a file in even steps of a millisecond, as servers do that started at random times. */
const SENDER = `
const { createSocket } = require("node:dgram");
const { readFileSync } = require("node:fs");
const [file, group, port, perSecond, sources] = process.argv.slice(1);
const packets = readFileSync(file, "latin1").split("\\n").map((line) => Buffer.from(line, "latin1"));
const sockets = Array.from({ length: Number(sources) }, () => createSocket("udp4"));
let open = 0;
sockets.forEach((socket, index) => socket.bind(0, "127.0.0." + (index + 2), () => {
  socket.setMulticastInterface("127.0.0." + (index + 2));
  open += 1;
  if (open < sockets.length) return;
  const start = performance.now();
  let sent = 0;
  const step = () => {
    const due = Math.min(packets.length, Math.floor(((performance.now() - start) * perSecond) / 1000));
    for (; sent < due; sent += 1) sockets[sent % sockets.length].send(packets[sent], Number(port), group);
    if (sent < packets.length) setTimeout(step, 1);
    else setTimeout(() => process.exit(0), 300);
  };
  step();
}));`;

/** What is sent: each of the servers announces itself in each round. */
export interface Announcements {
  readonly servers: number;
  readonly rounds: number;
  readonly perSecond: number;
  readonly secret: string | null;
}

function packetsOf({ servers, rounds, perSecond, secret }: Announcements): string {
  const nowMs = Date.now();
  const lines: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (let server = 0; server < servers; server += 1) {
      const bytes = encodeAnnouncement(
        {
          ...silentAnnouncement,
          ready: 8,
          busy: server % 5,
          port: 80,
          id: `web${server}.example.com`,
          startMs: nowMs - 60_000,
          sequence: round + 1,
          timestampMs: nowMs + Math.round(((round * servers + server) * 1000) / perSecond),
          load: 1.25,
          cpuIdle: 0.753,
          cpuCount: 4,
          arriba: 1234,
          totalMemoryBytes: 8e9,
          availableMemoryBytes: 3e9,
          backhanded: 1234,
          meanTimeMs: 12.5,
        },
        secret,
      );
      lines.push(Buffer.from(bytes).toString("latin1"));
    }
  }
  return lines.join("\n");
}

/** Sends announcements to a group over the loopback from a process of its own; remove what it reads when it has ended. */
export function startSender(
  announcements: Announcements,
  group: string,
  port: number,
): { readonly child: ChildProcess; readonly remove: () => void } {
  const file = join(tmpdir(), `backhand-announcements-${process.pid}`);
  writeFileSync(file, packetsOf(announcements));
  const args = ["-e", SENDER, file, group, `${port}`, `${announcements.perSecond}`, `${SOURCES}`];
  const child = spawn(process.execPath, args, { stdio: "inherit" });
  return {
    child,
    remove() {
      rmSync(file, { force: true });
    },
  };
}
