import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { Candidate, CandidacyDefinition } from "../../../src/balance/candidacy.ts";
import { candidacyDefinitions, findCandidacyDefinition } from "../../../src/balance/candidacy/index.ts";
import { candidate, context, seededRandom } from "../../support/candidate.ts";
import { made } from "../../support/run-function.ts";

const root = join(import.meta.dirname, "..", "..", "..");

/** An argument that each function takes. */
const argumentFor: Readonly<Record<string, string>> = {
  byHostname: "^s[0-4]",
  byLoad: "0.5",
  byAge: "6",
  byWindow: "3",
  byWeight: "s1=3,s2=0",
};

const figure = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true }));
const count = fc.nat(100);
const anyServers: fc.Arbitrary<readonly Candidate[]> = fc
  .uniqueArray(fc.nat(80), { maxLength: 60 })
  .chain((numbers) =>
    fc.tuple(
      ...numbers.map((number, index) =>
        fc
          .record({
            address: fc.constantFrom("10.0.0.1", "127.0.0.1", "fd00::1"),
            lastHeardMs: fc.integer({ min: -30_000, max: 1000 }),
            ready: count,
            busy: count,
            load: figure,
            cpuIdle: fc.double({ min: 0, max: 1, noNaN: true }),
            cpuCount: fc.nat(64),
            arriba: figure,
            totalMemoryBytes: figure,
            availableMemoryBytes: figure,
            inflight: count,
            sentSinceHeard: count,
          })
          .map((figures) => Object.freeze(candidate(`s${number}`, { ...figures, isSelf: index === 2 }))),
      ),
    ),
  )
  .map((servers) => Object.freeze(servers));

function run(definition: CandidacyDefinition, servers: readonly Candidate[], seed: number): readonly Candidate[] {
  const headers = { cookie: "PHPSESSID=7f000001" };
  const request = { scheme: "http" as const, host: "a.example", target: "/", headers };
  const full = { ...context({ random: seededRandom(seed), request }), redirect: () => {}, draining: [] };
  return made(definition, argumentFor[definition.name] ?? null)(servers, full);
}

describe.each(candidacyDefinitions.map((definition) => [definition.name, definition] as const))(
  "%s",
  (name, definition) => {
    test("returns a subset without repeats, to which only an extending function adds this server", () => {
      fc.assert(
        fc.property(anyServers, fc.nat(), (servers, seed) => {
          const known = new Set(servers.map((server) => server.id));
          if (definition.effect === "extend") known.add("self");
          const ids = run(definition, servers, seed).map((server) => server.id);
          expect(ids.filter((id) => !known.has(id))).toEqual([]);
          expect(new Set(ids).size).toBe(ids.length);
        }),
      );
    });

    test("does what its effect says", () => {
      fc.assert(
        fc.property(anyServers, fc.nat(), (servers, seed) => {
          const before = servers.map((server) => server.id);
          const after = run(definition, servers, seed).map((server) => server.id);
          switch (definition.effect) {
            case "filter":
              expect(before.filter((id) => after.includes(id))).toEqual(after);
              break;
            case "shuffle":
            case "sort":
              expect([...after].sort()).toEqual([...before].sort());
              break;
            case "window":
              expect(before.slice(0, after.length)).toEqual(after);
              break;
            case "extend":
              expect(after.slice(0, before.length)).toEqual(before);
              break;
            case "stop":
              expect(after).toEqual([]);
              break;
            case "adjust":
            case "redirect":
              expect(after).toEqual(before);
              break;
            default:
              definition.effect satisfies never;
          }
        }),
      );
    });

    test("leaves its input alone, which is frozen here", () => {
      fc.assert(
        fc.property(anyServers, fc.nat(), (servers, seed) => {
          const before = structuredClone(servers);
          run(definition, servers, seed);
          expect(servers).toEqual(before);
        }),
        { numRuns: 30 },
      );
    });

    test("makes nothing of nothing, unless it extends", () => {
      expect(run(definition, [], 1)).toHaveLength(definition.effect === "extend" ? 1 : 0);
    });

    test("does the same for the same random numbers", () => {
      fc.assert(
        fc.property(anyServers, fc.nat(), (servers, seed) => {
          expect(run(definition, servers, seed)).toEqual(run(definition, servers, seed));
        }),
        { numRuns: 30 },
      );
    });

    test("tells its argument and default truly, and has a page", () => {
      const { argument } = definition;
      expect("error" in definition.create(null)).toBe(argument !== null && argument.default === null);
      if (argument !== null && argument.default !== null)
        expect(definition.create(argument.default)).toBeInstanceOf(Function);
      expect(existsSync(join(root, "docs/candidacy", `${name}.md`))).toBe(true);
    });
  },
);

describe("the registry of candidacy functions", () => {
  test("finds functions by their exact names", () => {
    for (const definition of candidacyDefinitions) expect(findCandidacyDefinition(definition.name)).toBe(definition);
    for (const name of ["byage", "BYLOAD", "toString", "", "byAge "])
      expect(findCandidacyDefinition(name)).toBeUndefined();
  });

  test("has a page for nothing else", () => {
    const pages = readdirSync(join(root, "docs/candidacy")).filter((file) => file !== "README.md");
    expect(pages.sort()).toEqual(candidacyDefinitions.map((definition) => `${definition.name}.md`).sort());
  });
});
