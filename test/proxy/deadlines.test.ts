import { Deadlines } from "../../src/proxy/deadlines.ts";
import type { Deadline } from "../../src/proxy/deadlines.ts";

const { jest } = import.meta;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function entry(inMs: number, expire: () => void): Deadline {
  return { deadlineMs: performance.now() + inMs, slot: -1, expire };
}

test("each entry expires once, after its time and within one sweep", () => {
  const deadlines = new Deadlines(10);
  const expired: string[] = [];
  for (const [name, ms] of [
    ["a", 25],
    ["b", 15],
    ["c", Infinity],
  ] as const) {
    deadlines.watch(entry(ms, () => expired.push(name)));
  }
  jest.advanceTimersByTime(19);
  expect(expired).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(expired).toEqual(["b"]);
  jest.advanceTimersByTime(100);
  expect(expired).toEqual(["b", "a"]);
});

test("forgotten entries never expire, in whatever order they go", () => {
  const deadlines = new Deadlines(10);
  const expired: number[] = [];
  const entries = Array.from({ length: 20 }, (_, index) => entry(5, () => expired.push(index)));
  for (const each of entries) deadlines.watch(each);
  for (const index of [19, 0, 7, 7, 3]) {
    const each = entries[index];
    if (each !== undefined) deadlines.forget(each);
  }
  jest.advanceTimersByTime(50);
  expect(expired.toSorted((a, b) => a - b)).toEqual([1, 2, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
});

test("an entry that expires may forget others and watch itself again", () => {
  const deadlines = new Deadlines(10);
  let count = 0;
  const other = entry(5, () => (count += 100));
  const again: Deadline = entry(5, () => {
    count += 1;
    deadlines.forget(other);
    again.deadlineMs = count < 3 ? performance.now() + 5 : Infinity;
    deadlines.watch(again);
  });
  deadlines.watch(again);
  deadlines.watch(other);
  jest.advanceTimersByTime(200);
  expect(count).toBe(3);
});

test("nothing is left running when nobody is watched", () => {
  const deadlines = new Deadlines(10);
  const only = entry(5, () => undefined);
  deadlines.watch(only);
  deadlines.forget(only);
  jest.advanceTimersByTime(10);
  expect(jest.getTimerCount()).toBe(0);
});
