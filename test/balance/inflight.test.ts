import fc from "fast-check";
import { createInflight } from "../../src/balance/inflight.ts";
import type { Member } from "../../src/stats/member.ts";
import { candidate } from "../support/candidate.ts";

function member(id: string, lastHeardMs = 0): Member {
  const { inflight: _inflight, sentSinceHeard: _sent, ...rest } = candidate(id, { lastHeardMs });
  return rest;
}

describe("requests in flight", () => {
  test("are counted from the start to the end of each, in the candidates at once", () => {
    const inflight = createInflight();
    const [a, b] = inflight.candidates([member("a"), member("b")]);
    inflight.started("a");
    inflight.started("a");
    expect(a).toMatchObject({ id: "a", inflight: 2, sentSinceHeard: 2 });
    expect(b).toMatchObject({ id: "b", inflight: 0, sentSinceHeard: 0 });
    inflight.finished("a");
    expect(a?.inflight).toBe(1);
    expect(inflight.count("a")).toBe(1);
    expect(inflight.count("nobody")).toBe(0);
  });

  test("keep the candidates until the members change", () => {
    const inflight = createInflight();
    const members = [member("a"), member("b")];
    const before = inflight.candidates(members);
    expect(inflight.candidates(members)).toBe(before);
    const [, b] = members;
    const after = inflight.candidates([member("a", 1000), b ?? member("b")]);
    expect(after).not.toBe(before);
    expect(after[1]).toBe(before[1]);
    expect(after[0]).toMatchObject({ lastHeardMs: 1000 });
  });

  test("stay counted over an announcement, which only ends the count of what it does not know of", () => {
    const inflight = createInflight();
    inflight.candidates([member("a")]);
    inflight.started("a");
    const [heardAgain] = inflight.candidates([member("a", 1000)]);
    expect(heardAgain).toMatchObject({ inflight: 1, sentSinceHeard: 0 });
    inflight.started("a");
    expect(heardAgain).toMatchObject({ inflight: 2, sentSinceHeard: 1 });
  });

  test("stay counted while their server is gone and comes back", () => {
    const inflight = createInflight();
    inflight.candidates([member("a")]);
    inflight.started("a");
    inflight.started("a");
    inflight.candidates([]);
    inflight.finished("a");
    expect(inflight.candidates([member("a", 5)])[0]).toMatchObject({ inflight: 1 });
  });

  test("are forgotten with their server when they are over", () => {
    const inflight = createInflight();
    inflight.candidates([member("a")]);
    inflight.started("a");
    inflight.candidates([]);
    expect(inflight.count("a")).toBe(1);
    inflight.finished("a");
    inflight.finished("a");
    expect(inflight.count("a")).toBe(0);
    expect(inflight.candidates([member("a")])[0]).toMatchObject({ inflight: 0, sentSinceHeard: 0 });
  });

  test("are never negative and always the difference of starts and ends", () => {
    const step = fc.record({
      id: fc.constantFrom("a", "b", "c"),
      kind: fc.constantFrom("start", "finish", "members" as const),
      present: fc.subarray(["a", "b", "c"]),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const inflight = createInflight();
        const model = new Map<string, number>();
        for (const [index, { id, kind, present }] of steps.entries()) {
          const count = model.get(id) ?? 0;
          if (kind === "start") {
            inflight.started(id);
            model.set(id, count + 1);
          } else if (kind === "finish") {
            inflight.finished(id);
            model.set(id, Math.max(0, count - 1));
          } else {
            for (const each of inflight.candidates(present.map((name) => member(name, index)))) {
              expect(each.inflight).toBe(model.get(each.id) ?? 0);
            }
          }
          expect(inflight.count(id)).toBe(model.get(id) ?? 0);
        }
      }),
    );
  });
});
