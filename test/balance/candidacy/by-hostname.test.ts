import { byHostname } from "../../../src/balance/candidacy/by-hostname.ts";
import { candidate } from "../../support/candidate.ts";
import { idsAfter } from "../../support/run-function.ts";

const servers = ["www-1.dc3", "www-2.dc4", "db-1.dc3"].map((id) => candidate(id));

test.each([
  ["^www", ["www-1.dc3", "www-2.dc4"]],
  ["dc3$", ["www-1.dc3", "db-1.dc3"]],
  ["-1", ["www-1.dc3", "db-1.dc3"]],
  ["^(www|db)-[[:digit:]]+\\.dc4$", ["www-2.dc4"]],
  ["nobody", []],
])("byHostname %s keeps the servers whose name matches somewhere", (pattern, expected) => {
  expect(idsAfter(byHostname, pattern, servers)).toEqual(expected);
  // Remembered names give the same.
  expect(idsAfter(byHostname, pattern, [...servers, ...servers])).toEqual([...expected, ...expected]);
});

test.each([null, "", "(", "*", "[", "a{2,1}"])("byHostname refuses %j", (argument) => {
  expect(byHostname.create(argument)).toHaveProperty("error");
});
