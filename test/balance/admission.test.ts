import { createAdmission } from "../../src/balance/admission.ts";
import { readInflightWords } from "../../src/balance/inflight-words.ts";

const { jest } = import.meta;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const here = (): boolean => false;

function world(limit = { limit: 1, queue: 2, waitMs: 100 }) {
  const counts = new Map<string, number>();
  const admission = createAdmission({ count: (id) => counts.get(id) ?? 0 }, limit);
  const finish = (id: string): void => {
    counts.set(id, (counts.get(id) ?? 0) - 1);
    admission.freed(id);
  };
  return { counts, admission, finish };
}

test("a server has room below its limit, and always without one", () => {
  const { counts, admission } = world();
  expect(admission.hasRoom("a")).toBe(true);
  counts.set("a", 1);
  expect(admission.hasRoom("a")).toBe(false);
  admission.configure({ limit: 0, queue: 0, waitMs: 0 });
  expect(admission.hasRoom("a")).toBe(true);
});

test("who waits gets the place of a request that ends, the first one first", async () => {
  const { counts, admission, finish } = world();
  counts.set("a", 1);
  const order: string[] = [];
  const enter = async (name: string): Promise<void> => {
    if (await admission.roomAt(["a"], here)) {
      counts.set("a", 1);
      order.push(name);
    }
  };
  const both = [enter("first"), enter("second")];
  finish("a");
  await both[0];
  expect(order).toEqual(["first"]);
  finish("a");
  await both[1];
  expect(order).toEqual(["first", "second"]);
});

test("a place at a server that somebody does not wait for goes to who does", async () => {
  const { counts, admission, finish } = world();
  counts.set("a", 1).set("b", 1);
  const forA = admission.roomAt(["a"], here);
  const forB = admission.roomAt(["b"], here);
  finish("b");
  expect(await forB).toBe(true);
  jest.advanceTimersByTime(100);
  expect(await forA).toBe(false);
});

test("no more wait than the queue takes, and none longer than it may", async () => {
  const { counts, admission } = world();
  counts.set("a", 1);
  const waiting = [admission.roomAt(["a"], here), admission.roomAt(["a"], here)];
  expect(await admission.roomAt(["a"], here)).toBe(false);
  expect(admission.waiting()).toBe(2);
  jest.advanceTimersByTime(100);
  expect(await Promise.all(waiting)).toEqual([false, false]);
  expect([admission.waiting(), jest.getTimerCount()]).toEqual([0, 0]);
});

test("who left while waiting leaves the place to the next", async () => {
  const { counts, admission, finish } = world();
  counts.set("a", 1);
  const gone = admission.roomAt(["a"], () => true);
  const next = admission.roomAt(["a"], here);
  finish("a");
  expect(await Promise.all([gone, next])).toEqual([false, true]);
});

test("one whose place was taken waits on, first in the row", async () => {
  const { counts, admission, finish } = world();
  counts.set("a", 1);
  const patient = admission.roomAt(["a"], here);
  finish("a");
  // A request that has not waited is quicker.
  counts.set("a", 1);
  await Promise.resolve();
  await Promise.resolve();
  const later = admission.roomAt(["a"], here);
  finish("a");
  expect(await patient).toBe(true);
  counts.set("a", 1);
  jest.advanceTimersByTime(100);
  expect(await later).toBe(false);
});

test.each([
  [["5"], { limit: 5, queue: 5, waitMs: 1000 }],
  [["5", "queue=0"], { limit: 5, queue: 0, waitMs: 1000 }],
  [["100", "Wait=250", "queue=20"], { limit: 100, queue: 20, waitMs: 250 }],
])("BackhandMaxInflight %j", (words, read) => {
  expect(readInflightWords(words)).toEqual(read);
});

test.each([[["0"]], [["x"]], [["5", "6"]], [["5", "queue=x"]], [["5", "que=1"]], [["5", "wait=1s"]]])(
  "BackhandMaxInflight %j is an error",
  (words) => {
    expect(readInflightWords(words)).toHaveProperty("error");
  },
);
