import { byWeight } from "../../../src/balance/candidacy/by-weight.ts";
import { candidate, seededRandom } from "../../support/candidate.ts";
import { idsAfter } from "../../support/run-function.ts";

test("byWeight does what its page shows", () => {
  const servers = ["web1", "web2", "web3", "web4"].map((id) => candidate(id));
  const random = seededRandom(5);
  const counts = new Map<string, number>();
  for (let request = 0; request < 11_000; request += 1) {
    const order = idsAfter(byWeight, "web1=3,web2=1.5,web4=0", servers, { random });
    counts.set(order[0] ?? "", (counts.get(order[0] ?? "") ?? 0) + 1);
    expect(order[3]).toBe("web4");
  }
  expect((counts.get("web1") ?? 0) / 2000).toBeCloseTo(3, 0);
  expect((counts.get("web2") ?? 0) / 2000).toBeCloseTo(1.5, 0);
  expect((counts.get("web3") ?? 0) / 2000).toBeCloseTo(1, 0);
});

test.each(["", "web1", "web1=", "web1=-1", "web1=x", "=3", "web1=1,web1=2", "web1=1,,web2=1"])(
  "byWeight refuses %j",
  (argument) => {
    expect(byWeight.create(argument)).toHaveProperty("error");
  },
);
