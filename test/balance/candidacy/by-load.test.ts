import { byLoad } from "../../../src/balance/candidacy/by-load.ts";
import { candidate } from "../../support/candidate.ts";
import { idsAfter } from "../../support/run-function.ts";

const servers = [
  candidate("self", { load: 1.2, isSelf: true }),
  candidate("a", { load: 1.5 }),
  candidate("b", { load: 0.5 }),
  candidate("c", { load: 1 }),
];

test("byLoad puts the lowest load first", () => {
  expect(idsAfter(byLoad, null, servers)).toEqual(["b", "c", "self", "a"]);
});

test("byLoad subtracts its bias from this server's own load", () => {
  expect(idsAfter(byLoad, "0.5", servers)).toEqual(["b", "self", "c", "a"]);
  expect(idsAfter(byLoad, "1", servers)).toEqual(["self", "b", "c", "a"]);
  expect(idsAfter(byLoad, "-1", servers)).toEqual(["b", "c", "a", "self"]);
});

test("byLoad keeps the order of servers with the same load, also of many", () => {
  const many = Array.from({ length: 100 }, (_, index) => candidate(String(index), { load: index % 2 }));
  const order = idsAfter(byLoad, null, many).map(Number);
  expect(order.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, index) => 2 * index));
  expect(order.slice(50)).toEqual(Array.from({ length: 50 }, (_, index) => 2 * index + 1));
});

test.each(["", "low", "1e9", "Infinity"])("byLoad refuses %j", (argument) => {
  expect(byLoad.create(argument)).toHaveProperty("error");
});
