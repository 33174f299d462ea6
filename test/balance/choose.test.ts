import type { Candidate } from "../../src/balance/candidacy.ts";
import type { Choice, TraceEntry } from "../../src/balance/choose.ts";
import { choose } from "../../src/balance/choose.ts";
import type { FindLoaded, Pipeline } from "../../src/balance/pipeline.ts";
import { createPipeline } from "../../src/balance/pipeline.ts";
import type { PipelineStep } from "../../src/routing/match.ts";
import { candidate, context, seededRandom } from "../support/candidate.ts";

/** Lines as in a configuration: `byAge 6`; `@file name argument` for BackhandFromSO. */
function steps(...lines: readonly string[]): readonly PipelineStep[] {
  return lines.map((line, index) => {
    const words = line.split(" ");
    const from = words[0]?.startsWith("@") ? (words.shift() ?? "").slice(1) : null;
    const [name = "", argument = null] = words;
    return { function: name, argument, from, place: { file: 0, line: index + 1 } };
  });
}

function pipeline(...lines: readonly string[]): Pipeline {
  const made = createPipeline(steps(...lines));
  if ("errors" in made) throw new Error(made.errors.map((error) => error.message).join("; "));
  return made;
}

function errorsOf(lines: readonly string[], findLoaded?: FindLoaded): readonly string[] {
  const made = createPipeline(steps(...lines), findLoaded);
  return "errors" in made ? made.errors.map(({ step, message }) => `${step.place.line}: ${message}`) : [];
}

function ids(choice: Choice): readonly string[] {
  return choice.order.map((each) => each.id);
}

const three = [candidate("a", { load: 3 }), candidate("b", { load: 1 }), candidate("c", { load: 2 })];

/** How often each server is chosen in 3000 requests. */
function shares(made: Pipeline, servers: readonly Candidate[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const random = seededRandom(7);
  for (let request = 0; request < 3000; request += 1) {
    const id = choose(made, servers, context({ random })).chosen?.id ?? "nobody";
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

describe("a pipeline", () => {
  test("chooses the first of the final list and keeps the rest in order", () => {
    const choice = choose(pipeline("byLoad"), three, context());
    expect(choice.chosen?.id).toBe("b");
    expect(ids(choice)).toEqual(["b", "c", "a"]);
    expect(choice.redirectHost).toBeNull();
  });

  test("without functions takes the list as it is", () => {
    expect(ids(choose(pipeline(), three, context()))).toEqual(["a", "b", "c"]);
  });

  test("chooses nobody from an empty list", () => {
    expect(choose(pipeline("byAge", "byLoad"), [], context())).toEqual({ chosen: null, order: [], redirectHost: null });
  });

  test("runs the classic functions of mod_backhand", () => {
    const servers = Array.from({ length: 17 }, (_, index) =>
      candidate(`web${index}`, { load: index, lastHeardMs: index === 0 ? -7000 : 0 }),
    );
    const choice = choose(pipeline("byAge 6", "byRandom", "byLogWindow", "byLoad"), servers, context());
    expect(choice.order).toHaveLength(4);
    expect(ids(choice)).not.toContain("web0");
    const loads = choice.order.map((server) => server.load);
    expect(loads).toEqual([...loads].sort((a, b) => a - b));
  });

  test("ends at off, even when something follows", () => {
    const self = candidate("self", { isSelf: true });
    expect(choose(pipeline("off", "addSelf"), three, context({ self })).chosen).toBeNull();
    expect(choose(pipeline("backhand_off", "addSelf"), three, context({ self })).chosen).toBeNull();
    expect(choose(pipeline("byAge 0", "addSelf"), three, context({ self, nowMs: 1 })).chosen?.id).toBe("self");
  });

  test("leaves out servers that drain, whatever its functions are", () => {
    const servers = [candidate("a", { state: "drain" }), candidate("b"), candidate("c")];
    expect(ids(choose(pipeline(), servers, context()))).toEqual(["b", "c"]);
  });

  test("leaves its input alone", () => {
    const servers = Object.freeze(three.map((each) => Object.freeze({ ...each })));
    choose(pipeline("byAge", "byRandom", "addPrediction", "byLoad", "byWindow 1"), servers, context());
    expect(servers.map((each) => each.id)).toEqual(["a", "b", "c"]);
  });

  test("records the list after each function that ran", () => {
    const trace: TraceEntry[] = [];
    choose(pipeline("byLoad", "byWindow 2", "off", "addSelf"), three, context(), trace);
    expect(
      trace.map(({ step, candidates }) => [step.function, step.place.line, candidates.map((each) => each.id)]),
    ).toEqual([
      ["byLoad", 1, ["b", "c", "a"]],
      ["byWindow", 2, ["b", "c"]],
      ["off", 3, []],
    ]);
  });
});

describe("servers that are equally good", () => {
  const equal = ["a", "b", "c"].map((id) => candidate(id, { load: 1 }));

  test.each(["byLoad", "byCPU", "byCost", "byBusyChildren", "byInflight"])(
    "share the requests under %s alone",
    (name) => {
      for (const count of shares(pipeline(name), equal).values()) {
        expect(count).toBeGreaterThan(900);
        expect(count).toBeLessThan(1100);
      }
    },
  );

  test("share them after a filter too", () => {
    expect(shares(pipeline("byAge", "byLoad"), equal).size).toBe(3);
  });

  test("are told apart by an earlier sort", () => {
    const servers = [
      candidate("a", { load: 2 }),
      candidate("b", { load: 1 }),
      candidate("c", { load: 1, inflight: 1 }),
    ];
    expect(shares(pipeline("byLoad", "byInflight"), servers)).toEqual(new Map([["b", 3000]]));
  });

  test("are always the same ones under a window without byRandom, as with mod_backhand", () => {
    expect(shares(pipeline("byWindow 1", "byLoad"), equal)).toEqual(new Map([["a", 3000]]));
  });
});

describe("redirects", () => {
  const servers = [candidate("www-1.dc3", { address: "10.0.0.9" })];

  test("go to the chosen server", () => {
    expect(choose(pipeline("HTTPRedirectToIP"), servers, context()).redirectHost).toBe("10.0.0.9");
    expect(choose(pipeline("HTTPRedirectToName"), servers, context()).redirectHost).toBe("www-1.dc3");
  });

  test("follow the choice of functions after them, and the last redirect counts", () => {
    const both = [candidate("a", { load: 2, address: "10.0.0.1" }), candidate("b", { load: 1, address: "10.0.0.2" })];
    const choice = choose(pipeline("HTTPRedirectToName", "HTTPRedirectToIP", "byLoad"), both, context());
    expect(choice.redirectHost).toBe("10.0.0.2");
  });

  test("are not made to this server itself, nor to nobody", () => {
    const self = [candidate("self", { isSelf: true })];
    expect(choose(pipeline("HTTPRedirectToIP"), self, context())).toMatchObject({ redirectHost: null });
    expect(choose(pipeline("HTTPRedirectToIP", "off"), servers, context())).toMatchObject({
      chosen: null,
      redirectHost: null,
    });
  });
});

describe("a line that cannot run", () => {
  test("is an error with the way out, and every one is told", () => {
    expect(errorsOf(["byage 6", "byLoad", "byRnadom", "mystery", "byAge soon", "byWindow 0"])).toEqual([
      `1: Unknown candidacy function "byage"; did you mean byAge?`,
      `3: Unknown candidacy function "byRnadom"; did you mean byRandom?`,
      `4: Unknown candidacy function "mystery"`,
      `5: byAge: Expected a number from 0 to 1000000 instead of "soon"`,
      `6: byWindow: Expected a whole number from 1 to 1000000 instead of "0"`,
    ]);
  });

  test("is one whose shared object cannot be loaded", () => {
    const [perl, other, module] = errorsOf(["@libexec/byPerl.so byPerl f", "@byMagic.so byMagic", "@own.mjs byOwn"]);
    expect(perl).toContain("byPerl is not supported");
    expect(other).toContain(`Shared objects cannot be loaded: "byMagic" of byMagic.so`);
    expect(module).toContain(`Module "own.mjs" has no candidacy function "byOwn"`);
  });

  test("is a function of a shared object without its file", () => {
    expect(errorsOf(["byHostname www"])).toEqual([
      `1: Expected "BackhandFromSO byHostname.so byHostname": byHostname comes from a shared object`,
    ]);
    expect(errorsOf(["@libexec/byHostname.so byHostname ^www"])).toEqual([]);
    expect(errorsOf(["@byHostname.so byLoad"])[0]).toContain("Shared objects cannot be loaded");
  });

  test("is not one whose module was loaded", () => {
    const find: FindLoaded = (file, name) =>
      file === "own.mjs" && name === "byOwn"
        ? {
            name,
            sharedObject: file,
            summary: "keeps the last",
            argument: null,
            ours: true,
            effect: "filter",
            create: () => (servers) => servers.slice(-1),
          }
        : null;
    const made = createPipeline(steps("@own.mjs byOwn"), find);
    expect("errors" in made ? made.errors : ids(choose(made, three, context()))).toEqual(["c"]);
  });
});
