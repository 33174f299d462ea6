import fc from "fast-check";
import { createPlaces } from "../../src/server/places.ts";
import type { PlaceKind, PlaceResult, Places } from "../../src/server/places.ts";

const { jest } = import.meta;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const limited = (limit: number, queue = 100, waitMs = 1000) => ({ limit, queue, waitMs });

/** A request that asks for a place. */
function ask(places: Places, kind: PlaceKind = "client") {
  let left: () => void = () => undefined;
  const state: { result: PlaceResult | null; kind: PlaceKind } = { result: null, kind };
  if (places.enter(kind)) {
    state.result = "entered";
  } else {
    const waited = places.wait(kind, (whenLeft) => {
      left = whenLeft;
    });
    void waited.then((result) => (state.result = result));
  }
  return {
    state,
    leave: () => {
      left();
    },
  };
}

/** Lets promises that are settled be heard of. */
const settle = (): Promise<void> => jest.advanceTimersByTimeAsync(0);

test("so many have a place at a time, and the others get theirs in the order in which they came", async () => {
  const places = createPlaces(limited(2));
  const all = Array.from({ length: 5 }, () => ask(places));
  const results = () => all.map(({ state }) => state.result);
  await settle();
  expect(results()).toEqual(["entered", "entered", null, null, null]);
  expect(places.figures()).toEqual({ taken: 2, waiting: 3, waited: 3, refused: 0 });
  places.leave("client");
  await settle();
  expect(results()).toEqual(["entered", "entered", "entered", null, null]);
  // Whoever comes now stands behind those that wait.
  places.leave("client");
  const late = ask(places);
  await settle();
  expect(results()).toEqual(["entered", "entered", "entered", "entered", null]);
  expect(late.state.result).toBe(null);
});

test("who leaves gives up the place in the row, and who has waited for too long gets none", async () => {
  const places = createPlaces(limited(1));
  ask(places);
  const second = ask(places);
  const third = ask(places);
  second.leave();
  await settle();
  expect(second.state.result).toBe("left");
  await jest.advanceTimersByTimeAsync(999);
  expect(third.state.result).toBe(null);
  await jest.advanceTimersByTimeAsync(1);
  expect(third.state.result).toBe("late");
  expect(places.figures()).toEqual({ taken: 1, waiting: 0, waited: 2, refused: 1 });
  places.leave("client");
  expect(ask(places).state.result).toBe("entered");
});

test("no more wait than the row takes", async () => {
  const places = createPlaces(limited(1, 1));
  ask(places);
  ask(places);
  const third = ask(places);
  await settle();
  expect(third.state.result).toBe("full");
  expect(places.figures()).toMatchObject({ waiting: 1, refused: 1 });
});

test("requests that were balanced elsewhere wait for none of clients, which wait for both", async () => {
  const places = createPlaces(limited(1));
  ask(places, "client");
  const balanced = ask(places, "balanced");
  const more = ask(places, "balanced");
  const client = ask(places, "client");
  expect(balanced.state.result).toBe("entered");
  expect([more.state.result, client.state.result]).toEqual([null, null]);
  places.leave("client");
  await settle();
  expect([more.state.result, client.state.result]).toEqual([null, null]);
  places.leave("balanced");
  await settle();
  expect([more.state.result, client.state.result]).toEqual(["entered", null]);
  places.leave("balanced");
  await settle();
  expect(client.state.result).toBe("entered");
});

test("another limit lets in who has room under it, and sends nobody away", async () => {
  const places = createPlaces(limited(1));
  const all = Array.from({ length: 4 }, () => ask(places));
  places.configure(limited(2));
  await settle();
  expect(all.map(({ state }) => state.result)).toEqual(["entered", "entered", null, null]);
  places.configure(limited(1));
  places.leave("client");
  await settle();
  expect(all[2]?.state.result).toBe(null);
  places.configure({ limit: 0, queue: 0, waitMs: 0 });
  await settle();
  expect(all.map(({ state }) => state.result)).toEqual(["entered", "entered", "entered", "entered"]);
  expect(ask(places).state.result).toBe("entered");
});

const action = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ kind: "ask" as const, who: "client" }) },
  { weight: 3, arbitrary: fc.constant({ kind: "ask" as const, who: "balanced" }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("finish" as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("leave" as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("configure" as const), limit: fc.nat({ max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.integer({ min: 1, max: 600 }) }) },
);

test("whatever happens no place is lost or given twice, and all are free at the end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 60 }), async (actions) => {
      let limit = 2;
      const places = createPlaces(limited(limit, 8, 1000));
      let all: ReturnType<typeof ask>[] = [];
      const having = (who?: PlaceKind) =>
        all.filter(({ state }) => state.result === "entered" && (who === undefined || state.kind === who));
      const finish = (one: ReturnType<typeof ask> | undefined): void => {
        if (one === undefined) return;
        all = all.filter((each) => each !== one);
        places.leave(one.state.kind);
      };
      for (const each of actions) {
        const before = having().length;
        if (each.kind === "ask") all.push(ask(places, each.who));
        else if (each.kind === "finish") finish(having()[each.which % Math.max(1, before)]);
        else if (each.kind === "leave") all[each.which % Math.max(1, all.length)]?.leave();
        else if (each.kind === "configure") places.configure(limited((limit = each.limit), 8, 1000));
        else await jest.advanceTimersByTimeAsync(each.ms);
        await settle();
        expect(places.figures().taken).toBe(having().length);
        expect(places.figures().waiting).toBe(all.filter(({ state }) => state.result === null).length);
        if (limit > 0 && each.kind === "ask" && having().length > before) {
          expect(having("balanced").length).toBeLessThanOrEqual(limit);
          if (each.who === "client") expect(having().length).toBeLessThanOrEqual(limit);
        }
        // Nobody waits while there is room.
        const waitsIn = (who: PlaceKind) => all.some(({ state }) => state.result === null && state.kind === who);
        if (waitsIn("balanced")) expect(having("balanced").length).toBeGreaterThanOrEqual(limit);
        if (waitsIn("client")) expect(having().length).toBeGreaterThanOrEqual(limit);
      }
      while (having().length > 0) {
        finish(having()[0]);
        await settle();
      }
      expect(places.figures()).toMatchObject({ taken: 0, waiting: 0 });
    }),
    { numRuns: 300 },
  );
});
