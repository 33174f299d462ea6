import { byBusyChildren } from "../../../src/balance/candidacy/by-busy-children.ts";
import { candidate } from "../../support/candidate.ts";
import { idsAfter } from "../../support/run-function.ts";

const servers = [
  candidate("self", { busy: 5, isSelf: true }),
  candidate("a", { busy: 4 }),
  candidate("b", { busy: 2 }),
];

test("byBusyChildren puts the fewest busy workers first", () => {
  expect(idsAfter(byBusyChildren, null, servers)).toEqual(["b", "a", "self"]);
});

test("byBusyChildren subtracts its bias from this server's own count", () => {
  expect(idsAfter(byBusyChildren, "2", servers)).toEqual(["b", "self", "a"]);
});

test("byBusyChildren refuses a part of a worker", () => {
  expect(byBusyChildren.create("1.5")).toHaveProperty("error");
});
