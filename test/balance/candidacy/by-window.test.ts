import { byWindow } from "../../../src/balance/candidacy/by-window.ts";
import { candidate } from "../../support/candidate.ts";
import { idsAfter } from "../../support/run-function.ts";

const servers = ["a", "b", "c", "d"].map((id) => candidate(id));

test("byWindow keeps the first so many servers, two without an argument", () => {
  expect(idsAfter(byWindow, null, servers)).toEqual(["a", "b"]);
  expect(idsAfter(byWindow, "3", servers)).toEqual(["a", "b", "c"]);
  expect(idsAfter(byWindow, "99", servers)).toEqual(["a", "b", "c", "d"]);
});

test.each(["0", "-1", "1.5", "two", ""])("byWindow refuses %j", (argument) => {
  expect(byWindow.create(argument)).toHaveProperty("error");
});
