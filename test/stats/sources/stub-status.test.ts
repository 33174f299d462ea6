import { isStubStatus, readStubStatus } from "../../../src/stats/sources/stub-status.ts";

const answer = (reading: number, writing: number) =>
  `Active connections: 291 \nserver accepts handled requests\n 16630948 16630948 31070465 \nReading: ${reading} Writing: ${writing} Waiting: 106 \n`;

describe("the requests in nginx's stub_status", () => {
  test.each([
    [answer(6, 179), 512, { ready: 328, busy: 184 }],
    [answer(0, 1), 512, { ready: 512, busy: 0 }],
    [answer(0, 0), 512, { ready: 512, busy: 0 }],
    [answer(10, 90), 50, { ready: 0, busy: 99 }],
  ])(
    "are counted without the one that asked, and never make more idle places than there are",
    (text, capacity, expected) => {
      expect(readStubStatus(text, capacity)).toEqual(expected);
    },
  );

  test.each([
    "",
    "Active connections: 1",
    answer(1, 1) + answer(1, 1),
    answer(1, 1).replace("Reading", "reading"),
    "x",
  ])("are not in %j", (text) => {
    expect(readStubStatus(text, 10)).toBeNull();
    expect(isStubStatus(text)).toBe(false);
  });

  test("are looked for in short time in an answer made to take long", () => {
    const start = performance.now();
    isStubStatus(`Active connections: ${"1".repeat(60_000)}`);
    isStubStatus(answer(1, 1).replace("16630948 16630948", "1 ".repeat(30_000)));
    expect(performance.now() - start).toBeLessThan(200);
  });
});
