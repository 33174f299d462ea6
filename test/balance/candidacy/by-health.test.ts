import { byHealth } from "../../../src/balance/candidacy/by-health.ts";
import { candidate } from "../../support/candidate.ts";
import { idsAfter } from "../../support/run-function.ts";

const servers = [
  candidate("web1"),
  candidate("web2", { failuresInRow: 3, failedAtMs: 95_000 }),
  candidate("web3", { failuresInRow: 1, failedAtMs: 99_000 }),
  candidate("web4", { failuresInRow: 4, failedAtMs: 88_000 }),
];
const at = { nowMs: 100_000 };

test("byHealth does what its page shows", () => {
  expect(idsAfter(byHealth, "failures=2,eject=10", servers, at)).toEqual(["web1", "web3", "web4"]);
});

test("byHealth without an argument drops a server for five seconds after its last failure", () => {
  expect(idsAfter(byHealth, null, servers, at)).toEqual(["web1", "web2", "web4"]);
});

test("byHealth drops nobody when it would drop more than the share", () => {
  expect(idsAfter(byHealth, "failures=1,eject=60", servers, at)).toHaveLength(4);
  expect(idsAfter(byHealth, "failures=1,eject=60,max-ejected=75%", servers, at)).toEqual(["web1"]);
});

test.each(["", "failures", "errors=50%", "window=3", "failures=0", "failures=1;eject=3"])(
  "byHealth refuses %j",
  (argument) => {
    expect(byHealth.create(argument)).toHaveProperty("error");
  },
);
