import type { Candidate, ChoiceContext } from "../../src/balance/candidacy.ts";
import { choose } from "../../src/balance/choose.ts";
import { createInflight } from "../../src/balance/inflight.ts";
import { createPipeline } from "../../src/balance/pipeline.ts";
import { silentAnnouncement } from "../../src/stats/announcement.ts";
import type { Announcement } from "../../src/stats/announcement.ts";
import { createCluster } from "../../src/stats/cluster.ts";
import { decodeAnnouncement, encodeAnnouncement } from "../../src/stats/packet.ts";
import type { BenchRow } from "./bench.ts";

export const title = "Choosing a server, and reading announcements (one core)";

const NOW = 1_700_000_000_000;
const SECRET = "correct horse battery staple";

function announcementOf(index: number, sequence: number): Announcement {
  return {
    ...silentAnnouncement,
    ready: 8,
    busy: index % 5,
    port: 80,
    id: `web${index}.example.com`,
    startMs: NOW,
    sequence,
    timestampMs: NOW,
    load: (index * 37) % 11,
    cpuIdle: 0.5,
    cpuCount: 4,
    arriba: 1000 + index,
    totalMemoryBytes: 8e9,
    availableMemoryBytes: 3e9,
    backhanded: 10,
    meanTimeMs: 12.5,
  };
}

/** Microseconds that a call takes: the best of some rounds, so that what else runs on the machine counts little. */
function microseconds(call: (turn: number) => unknown, turns: number): number {
  let best = Infinity;
  let kept = 0;
  for (let round = 0; round < 15; round += 1) {
    const startMs = performance.now();
    for (let turn = 0; turn < turns; turn += 1) if (call(turn) === undefined) kept += 1;
    best = Math.min(best, ((performance.now() - startMs) * 1000) / turns);
  }
  if (kept > 0) throw new Error("a call gave nothing");
  return best;
}

function addressOf(index: number): string {
  return `10.0.${1 + Math.floor(index / 250)}.${1 + (index % 250)}`;
}

/** A cluster of so many servers besides this one. */
function clusterOf(count: number) {
  const self = { id: "front", address: "10.0.0.1", port: 80, startMs: NOW };
  const cluster = createCluster({ self, accept: ["10.0.0.0/8"], secret: null, log: () => {} });
  for (let index = 0; index < count; index += 1) {
    const bytes = encodeAnnouncement(announcementOf(index, 1));
    cluster.receive({ bytes, sourceAddress: addressOf(index), sourcePort: 1 }, NOW);
  }
  return cluster;
}

function chooser(names: readonly string[]) {
  const steps = names.map((name, line) => {
    const [called = "", argument = null] = name.split(" ");
    return { function: called, argument, from: null, place: { file: 0, line } };
  });
  const pipeline = createPipeline(steps);
  if ("errors" in pipeline) throw new Error(pipeline.errors[0]?.message);
  return (candidates: readonly Candidate[], context: ChoiceContext) => choose(pipeline, candidates, context);
}

const classicLines = ["byAge 6", "byRandom", "byLogWindow", "byLoad"];

/** Rows for a cluster of so many servers. */
function rowsOf(count: number, pipelines: Readonly<Record<string, readonly string[]>>): readonly BenchRow[] {
  const cluster = clusterOf(count - 1);
  const inflight = createInflight();
  const [self] = inflight.candidates(cluster.members());
  if (self === undefined) throw new Error("no self");
  const request = { scheme: "http", host: "www.example.com", target: "/", headers: {} } as const;
  const context: ChoiceContext = { nowMs: NOW, random: Math.random, self, request, warn: () => {} };
  const turns = 1_600_000 / count;
  const rows = Object.entries(pipelines).map(([name, lines]): BenchRow => {
    const run = chooser(lines);
    const once = () => run(inflight.candidates(cluster.members()), context).chosen?.id;
    return { name: `${name}, ${count} servers`, value: microseconds(once, turns), unit: "µs" };
  });
  const classic = chooser(classicLines);
  const packets = Array.from({ length: count - 1 }, (_, index) => ({
    bytes: encodeAnnouncement(announcementOf(index, 1)),
    sourceAddress: addressOf(index),
    sourcePort: 1,
  }));
  // At the rate at which servers announce themselves once a second, so that none is refused for its rate.
  const afterPacket = (turn: number) => {
    const packet = packets[turn % packets.length];
    const nowMs = NOW + (turn * 1000) / packets.length;
    if (packet !== undefined) cluster.receive(packet, nowMs);
    return classic(inflight.candidates(cluster.members()), { ...context, nowMs }).chosen?.id;
  };
  rows.push({
    name: `a packet taken, then classic, ${count} servers`,
    value: microseconds(afterPacket, turns),
    unit: "µs",
  });
  return rows;
}

/** Bytes of the heap that a million decisions leave behind. */
function growth(): number {
  const cluster = clusterOf(31);
  const inflight = createInflight();
  const run = chooser(classicLines);
  const [self] = inflight.candidates(cluster.members());
  if (self === undefined) throw new Error("no self");
  const request = { scheme: "http", host: "www.example.com", target: "/", headers: {} } as const;
  const context: ChoiceContext = { nowMs: NOW, random: Math.random, self, request, warn: () => {} };
  const decide = (times: number): void => {
    for (let time = 0; time < times; time += 1) {
      const { chosen } = run(inflight.candidates(cluster.members()), context);
      if (chosen === null) throw new Error("nobody");
      inflight.started(chosen.id);
      inflight.finished(chosen.id);
    }
  };
  decide(100_000);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  decide(1_000_000);
  globalThis.gc?.();
  return process.memoryUsage().heapUsed - before;
}

export function run(): Promise<readonly BenchRow[]> {
  const rows: BenchRow[] = [
    ...rowsOf(32, {
      "classic: byAge byRandom byLogWindow byLoad": classicLines,
      "ours: byAge byRandom byWindow byInflight": ["byAge 6", "byRandom", "byWindow 2", "byInflight"],
      "byLoad alone": ["byLoad"],
      "byIdle alone": ["byIdle"],
      "byCost alone": ["byCost"],
      "byLatency alone": ["byLatency"],
    }),
    ...rowsOf(1000, {
      "classic: byAge byRandom byLogWindow byLoad": classicLines,
      "ours: byAge byRandom byWindow byInflight": ["byAge 6", "byRandom", "byWindow 2", "byInflight"],
    }),
    { name: "heap after a million decisions more", value: growth() / 1024, unit: "KiB" },
  ];
  const bytes = encodeAnnouncement(announcementOf(1, 1));
  const signed = encodeAnnouncement(announcementOf(1, 1), SECRET);
  rows.push(
    { name: "decode a packet", value: microseconds(() => decodeAnnouncement(bytes), 20_000), unit: "µs" },
    {
      name: "decode a signed packet",
      value: microseconds(() => decodeAnnouncement(signed, SECRET), 20_000),
      unit: "µs",
    },
  );
  return Promise.resolve(rows);
}
