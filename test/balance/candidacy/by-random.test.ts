import { byRandom } from "../../../src/balance/candidacy/by-random.ts";
import { candidate, seededRandom } from "../../support/candidate.ts";
import { idsAfter } from "../../support/run-function.ts";

test("byRandom gives every order equally often", () => {
  const servers = ["a", "b", "c"].map((id) => candidate(id));
  const random = seededRandom(11);
  const counts = new Map<string, number>();
  for (let request = 0; request < 6000; request += 1) {
    const order = idsAfter(byRandom, null, servers, { random }).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual(["abc", "acb", "bac", "bca", "cab", "cba"]);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120);
});

test("byRandom takes random numbers at both ends", () => {
  const servers = ["a", "b", "c"].map((id) => candidate(id));
  expect([...idsAfter(byRandom, null, servers, { random: () => 0 })].sort()).toEqual(["a", "b", "c"]);
  expect(idsAfter(byRandom, null, servers, { random: () => 1 - 2 ** -53 })).toEqual(["a", "b", "c"]);
});
