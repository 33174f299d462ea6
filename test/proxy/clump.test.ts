import { writeSoon } from "../../src/proxy/clump.ts";

/** A number that says when it is written. */
const noting = (written: number[], number: number) => ({
  flush: () => {
    written.push(number);
  },
});

test("what waits is written in its order, in the same turn of the event loop", async () => {
  const written: number[] = [];
  for (let number = 0; number < 3; number += 1) writeSoon(noting(written, number));
  expect(written).toEqual([]);
  await new Promise(setImmediate);
  expect(written).toEqual([0, 1, 2]);
});

test("no more than sixteen wait, and what comes while they are written waits for the next turn", async () => {
  const written: number[] = [];
  writeSoon({
    flush() {
      written.push(0);
      writeSoon(noting(written, 99));
    },
  });
  for (let number = 1; number < 16; number += 1) writeSoon(noting(written, number));
  expect(written).toEqual(Array.from({ length: 16 }, (_, number) => number));
  await new Promise(setImmediate);
  expect(written.at(-1)).toBe(99);
});
