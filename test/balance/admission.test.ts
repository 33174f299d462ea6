import { createAdmission } from "../../src/balance/admission.ts";
import { readInflightWords } from "../../src/balance/inflight-words.ts";

const { jest } = import.meta;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function world(limit = { limit: 1, queue: 2, waitMs: 100 }) {
  const counts = new Map<string, number>();
  const admission = createAdmission({ count: (id) => counts.get(id) ?? 0 }, limit);
  const take = (id: string): void => void counts.set(id, (counts.get(id) ?? 0) + 1);
  const finish = (id: string): void => {
    counts.set(id, (counts.get(id) ?? 0) - 1);
    admission.freed(id);
  };
  /** What became of those that wait, in the order in which it did. */
  const ends: string[] = [];
  const wait = (name: string, ids = ["a"]): (() => void) =>
    admission.wait(ids, (hasRoom) => {
      ends.push(`${name} ${hasRoom ? "in" : "refused"}`);
      const free = ids.find(admission.hasRoom);
      if (hasRoom && free !== undefined) take(free);
    });
  return { counts, admission, take, finish, wait, ends };
}

/** Lets those in that are to come in after what runs now. */
const settle = (): Promise<void> => jest.advanceTimersByTimeAsync(0);

test("a server has room below its limit, and always without one", () => {
  const { admission, take } = world();
  expect(admission.hasRoom("a")).toBe(true);
  take("a");
  expect(admission.hasRoom("a")).toBe(false);
  admission.configure({ limit: 0, queue: 0, waitMs: 0 });
  expect(admission.hasRoom("a")).toBe(true);
});

test("who waits gets the place of a request that ends, the first one first", async () => {
  const { take, finish, wait, ends } = world();
  take("a");
  wait("first");
  wait("second");
  finish("a");
  // Not before what ends is at its end.
  expect(ends).toEqual([]);
  await settle();
  expect(ends).toEqual(["first in"]);
  finish("a");
  await settle();
  expect(ends).toEqual(["first in", "second in"]);
});

test("as many come in as requests end, and no more", async () => {
  const { take, finish, wait, ends } = world({ limit: 3, queue: 9, waitMs: 100 });
  for (let count = 0; count < 3; count += 1) take("a");
  for (const name of ["1", "2", "3", "4"]) wait(name);
  finish("a");
  finish("a");
  await settle();
  expect(ends).toEqual(["1 in", "2 in"]);
});

test("a place at a server that somebody does not wait for goes to who does", async () => {
  const { take, finish, wait, ends } = world();
  take("a");
  take("b");
  wait("for a", ["a"]);
  wait("for b", ["c", "b"]);
  finish("b");
  await settle();
  expect(ends).toEqual(["for b in"]);
  await jest.advanceTimersByTimeAsync(100);
  expect(ends).toEqual(["for b in", "for a refused"]);
});

test("no more wait than the queue takes, and none longer than it may", async () => {
  const { admission, take, wait, ends } = world();
  take("a");
  wait("first");
  await jest.advanceTimersByTimeAsync(50);
  wait("second");
  wait("third")();
  expect(ends).toEqual(["third refused"]);
  expect(admission.waiting()).toBe(2);
  await jest.advanceTimersByTimeAsync(49);
  expect(ends).toEqual(["third refused"]);
  await jest.advanceTimersByTimeAsync(1);
  expect(ends).toEqual(["third refused", "first refused"]);
  await jest.advanceTimersByTimeAsync(50);
  expect(ends).toEqual(["third refused", "first refused", "second refused"]);
  expect([admission.waiting(), jest.getTimerCount()]).toEqual([0, 0]);
});

test("who leaves makes room in the queue at once, and the place goes to the next", async () => {
  const { admission, take, finish, wait, ends } = world({ limit: 1, queue: 1, waitMs: 100 });
  take("a");
  const leave = wait("gone");
  leave();
  expect([admission.waiting(), jest.getTimerCount()]).toEqual([0, 0]);
  wait("next");
  finish("a");
  await settle();
  leave();
  expect(ends).toEqual(["next in"]);
});

test("one whose place was taken before it could waits on, first in the row", async () => {
  const { take, finish, wait, ends } = world();
  take("a");
  wait("patient");
  finish("a");
  // A request that has not waited is quicker.
  take("a");
  await settle();
  expect(ends).toEqual([]);
  wait("later");
  finish("a");
  await settle();
  expect(ends).toEqual(["patient in"]);
});

test("under another limit those come in that have room under it, in their order; the others wait on", async () => {
  const { admission, take, finish, wait, ends } = world({ limit: 1, queue: 9, waitMs: 100 });
  take("a");
  for (const name of ["1", "2", "3", "4"]) wait(name);
  admission.configure({ limit: 1, queue: 0, waitMs: 50 });
  expect(ends).toEqual([]);
  admission.configure({ limit: 2, queue: 9, waitMs: 100 });
  expect(ends).toEqual(["1 in"]);
  finish("a");
  await settle();
  expect(ends).toEqual(["1 in", "2 in"]);
  admission.configure({ limit: 0, queue: 0, waitMs: 0 });
  expect(ends).toEqual(["1 in", "2 in", "3 in", "4 in"]);
  expect([admission.waiting(), jest.getTimerCount()]).toEqual([0, 0]);
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
