import { networksProblem, retryProblem, timeoutProblem } from "../../src/balance/relay-words.ts";

test.each([
  [timeoutProblem, ["connect=5", "first-byte=50ms", "idle=1.5min", "TOTAL=0", "total=2H"]],
  [retryProblem, ["attempts=0", "attempts=99", "on=connect,reset,sent", "ON=Reset", "budget=0%", "budget=100%"]],
  [networksProblem, ["10.0.0.1", "10.0.0.0/8", "::1", "fd00::/8"]],
])("takes what it knows (%p)", (problemOf, words) => {
  expect(problemOf([])).toBeNull();
  expect(problemOf(words)).toBeNull();
});

test.each([
  [timeoutProblem, ["connect", "connect=", "connect=-1", "connect=5 s", "connect=5d", "wait=5", "5"]],
  [retryProblem, ["attempts=100", "attempts=", "on=", "on=connect,", "budget=20", "budget=101%", "tries=2"]],
  [networksProblem, ["", "localhost", "10.0.0.0/33", "fe80::1%eth0", "10.1"]],
])("names the word that is wrong (%p)", (problemOf, words) => {
  for (const word of words) expect(problemOf([word])).toMatch(/^Expected .* instead of "/);
});
