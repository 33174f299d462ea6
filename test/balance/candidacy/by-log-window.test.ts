import { byLogWindow } from "../../../src/balance/candidacy/by-log-window.ts";
import { candidate } from "../../support/candidate.ts";
import { idsAfter } from "../../support/run-function.ts";

test.each([
  [0, 0],
  [1, 1],
  [2, 1],
  [3, 1],
  [4, 2],
  [7, 2],
  [8, 3],
  [16, 4],
  [17, 4],
  [32, 5],
  [1000, 9],
])("byLogWindow keeps of %i servers the first %i", (count, kept) => {
  const servers = Array.from({ length: count }, (_, index) => candidate(String(index)));
  expect(idsAfter(byLogWindow, null, servers)).toEqual(Array.from({ length: kept }, (_, index) => String(index)));
});
