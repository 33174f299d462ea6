import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Candidate } from "../../../src/balance/candidacy.ts";
import { candidacyDefinitions } from "../../../src/balance/candidacy/index.ts";
import { candidate } from "../../support/candidate.ts";
import { idsAfter } from "../../support/run-function.ts";

type Row = Readonly<Record<string, string>>;

/** Rows of the first table of a function's page, by the titles of its columns. */
function tableOf(name: string): readonly Row[] {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/candidacy", `${name}.md`), "utf8");
  const lines = page.split("\n").filter((line) => line.startsWith("|"));
  const cells = (line: string): readonly string[] =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("\\|", "|"));
  const titles = cells(lines[0] ?? "");
  return lines
    .slice(2)
    .map((line) => Object.fromEntries(cells(line).map((cell, index) => [titles[index] ?? "", cell])));
}

const NOW = 1_000_000;
const number = (row: Row, title: string): number => Number.parseFloat(row[title] ?? "");

function serverOf(row: Row, figures: (row: Row) => Partial<Candidate>): Candidate {
  const id = row["server"] ?? "";
  return candidate(id, { isSelf: id === "this server", lastHeardMs: NOW, ...figures(row) });
}

function after(name: string, argument: string | null, servers: readonly Candidate[]): readonly string[] {
  const definition = candidacyDefinitions.find((each) => each.name === name);
  if (definition === undefined) throw new Error(`No function ${name}`);
  return idsAfter(definition, argument, servers, { nowMs: NOW });
}

describe("the worked example on the page gives the order that it says:", () => {
  test.each([
    ["byCPU", null, "order", (row: Row) => ({ cpuIdle: number(row, "idle CPU") })],
    ["byBusyChildren", null, "order", (row: Row) => ({ busy: number(row, "busy workers") })],
    ["byBusyChildren", "2", "with bias 2", (row: Row) => ({ busy: number(row, "busy workers") })],
    ["byLoad", null, "order under `byLoad`", (row: Row) => ({ load: number(row, "load") })],
    ["byLoad", "0.5", "under `byLoad 0.5`", (row: Row) => ({ load: number(row, "load") })],
    ["byInflight", null, "order", (row: Row) => ({ inflight: number(row, "in flight") })],
    [
      "byLatency",
      null,
      "order",
      (row: Row) => ({
        latencyMs: number(row, "latency"),
        latencyAtMs: NOW,
        inflight: number(row, "in flight"),
      }),
    ],
  ])("%s %s", (name, argument, title, figures) => {
    const rows = tableOf(name);
    const order = after(
      name,
      argument,
      rows.map((row) => serverOf(row, figures)),
    );
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) {
      // `1 or 2`, `2 (as 0.7)`
      const places = row[title]?.replace(/\(.*/, "").match(/\d+/g)?.map(Number) ?? [];
      expect(places).toContain(order.indexOf(row["server"] ?? "") + 1);
    }
  });
});

const keeping: readonly (readonly [string, string, string, (row: Row) => Partial<Candidate>])[] = [
  [
    "byAge",
    "6",
    "after `byAge 6`",
    (row) => (row["last heard"] === "–" ? {} : { lastHeardMs: NOW - number(row, "last heard") * 1000 }),
  ],
  [
    "byHealth",
    "failures=2,eject=10",
    "stays",
    (row) => ({
      failuresInRow: number(row, "failures in a row"),
      // The page says it of the time 100 s.
      ...(row["the last one at"] === "–" ? {} : { failedAtMs: NOW - (100 - number(row, "the last one at")) * 1000 }),
    }),
  ],
  ...Object.keys(tableOf("byHostname")[0] ?? {}).flatMap((title) =>
    title.startsWith("`") ? [["byHostname", title.replaceAll("`", ""), title, () => ({})] as const] : [],
  ),
];

describe("the worked example on the page keeps the servers that it says:", () => {
  test.each(keeping)("%s %s", (name, argument, title, figures) => {
    const rows = tableOf(name);
    const kept = after(
      name,
      argument,
      rows.map((row) => serverOf(row, figures)),
    );
    const said = rows.flatMap((row) => (/^(?:kept|yes)/.test(row[title] ?? "") ? [row["server"]] : []));
    expect(said.length).toBeGreaterThan(0);
    expect(kept).toEqual(said);
  });

  test("byLogWindow", () => {
    const [row = {}] = tableOf("byLogWindow");
    const counts = Object.entries(row).filter(([title]) => /^\d+$/.test(title));
    expect(counts.length).toBeGreaterThan(3);
    for (const [count, kept] of counts) {
      const servers = Array.from({ length: Number(count) }, (_, index) => candidate(`web${index}`));
      expect(after("byLogWindow", null, servers)).toEqual(servers.slice(0, Number(kept)).map(({ id }) => id));
    }
  });
});
