import fc from "fast-check";
import { loadField, readLoadField } from "../../src/stats/load-field.ts";

test("what a server says of itself with an answer is read", () => {
  const figures = { ready: 6, busy: 2, load: 0.421, cpuIdle: 0.85 };
  const field = loadField(figures);
  expect(field).toBe("ready=6&busy=2&load=0.421&cpu=0.85");
  expect(readLoadField(["Server", "x", "X-Backhand-Load", field])).toEqual(figures);
  expect(readLoadField(["x-backhand-load", loadField({ ready: 1, busy: 0 })])).toEqual({ ready: 1, busy: 0 });
});

test.each([
  "",
  "ready=1",
  "ready=-1&busy=0",
  "ready=1&busy=0&load=x",
  "ready=1 busy=0",
  `ready=1&busy=0&x=${"y".repeat(200)}`,
])("%j is ignored", (value) => {
  expect(readLoadField(["X-Backhand-Load", value])).toBeNull();
});

test("an answer without the field says nothing, whatever else is in it", () => {
  expect(readLoadField(["X-Backhand-Loaf", "ready=1&busy=0"])).toBeNull();
  fc.assert(
    fc.property(fc.array(fc.string()), (fields) => {
      expect(() => readLoadField(["X-Backhand-Load", ...fields])).not.toThrow();
    }),
  );
});
