import { byAge } from "../../../src/balance/candidacy/by-age.ts";
import { candidate } from "../../support/candidate.ts";
import { idsAfter } from "../../support/run-function.ts";

const servers = [
  candidate("fresh", { lastHeardMs: 99_000 }),
  candidate("six seconds", { lastHeardMs: 94_000 }),
  candidate("twenty seconds", { lastHeardMs: 80_000 }),
  candidate("older", { lastHeardMs: 79_999 }),
  candidate("self", { lastHeardMs: 0, isSelf: true }),
];
const after = (argument: string | null) => idsAfter(byAge, argument, servers, { nowMs: 100_000 });

test("byAge drops servers that were silent for more than 20 seconds, but never this one", () => {
  expect(after(null)).toEqual(["fresh", "six seconds", "twenty seconds", "self"]);
});

test("byAge takes other limits, in seconds and parts of them", () => {
  expect(after("6")).toEqual(["fresh", "six seconds", "self"]);
  expect(after("0.5")).toEqual(["self"]);
});

test("byAge keeps servers from which a packet came after the clock was set back", () => {
  expect(idsAfter(byAge, "6", servers, { nowMs: 0 })).toHaveLength(5);
});

test.each(["", "soon", "-1", "6s", "1e3", "NaN", "0x10", "99999999"])("byAge refuses %j", (argument) => {
  expect(byAge.create(argument)).toHaveProperty("error");
});
