import { defaultCheck, readCheckWords } from "../../src/balance/check-words.ts";

test("what is not said is as usual", () => {
  expect(readCheckWords([])).toEqual(defaultCheck);
  expect(readCheckWords(["path=/health?deep=1", "interval=0.5", "timeout=2s"])).toEqual({
    ...defaultCheck,
    path: "/health?deep=1",
    intervalMs: 500,
    timeoutMs: 2000,
  });
});

test("statuses are hundreds, single ones and ranges", () => {
  expect(readCheckWords(["expect=2xx,301,400-404"])).toMatchObject({
    expect: [
      [200, 299],
      [301, 301],
      [400, 404],
    ],
  });
});

test.each([
  "path=health",
  "path=/a\r\nHost: x",
  "host=a b",
  "interval=0",
  "rise=0",
  "fall=x",
  "expect=6xx",
  "expect=",
  "expect=200-",
  "uri=/",
  "path",
])("%j is an error that says what is expected", (word) => {
  const read = readCheckWords([word]);
  expect("error" in read && read.error).toMatch(/^Expected path=/);
});
