import { byInflight } from "../../../src/balance/candidacy/by-inflight.ts";
import { candidate } from "../../support/candidate.ts";
import { idsAfter } from "../../support/run-function.ts";

test("byInflight puts the fewest requests in flight first and keeps the order of equals", () => {
  const servers = [
    candidate("a", { inflight: 2 }),
    candidate("b", { inflight: 1 }),
    candidate("c", { inflight: 3 }),
    candidate("d", { inflight: 1 }),
  ];
  expect(idsAfter(byInflight, null, servers)).toEqual(["b", "d", "a", "c"]);
});
