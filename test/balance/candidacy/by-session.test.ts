import { bySession } from "../../../src/balance/candidacy/by-session.ts";
import { candidate, context } from "../../support/candidate.ts";
import { idsAfter, made } from "../../support/run-function.ts";

const servers = [
  candidate("a", { address: "127.0.0.1" }),
  candidate("b", { address: "192.168.17.200" }),
  candidate("b2", { address: "192.168.17.200", port: 81 }),
  candidate("c", { address: "10.0.0.5" }),
];
const everybody = ["a", "b", "b2", "c"];

function after(cookie: string | null, target = "/", argument: string | null = null) {
  const request = { scheme: "http" as const, host: null, target, headers: cookie === null ? {} : { cookie } };
  return idsAfter(bySession, argument, servers, { request });
}

test.each([
  ["in a cookie", "PHPSESSID=7f000001abcdef", "/", ["a"]],
  ["in a later cookie", "lang=en; PHPSESSID=c0a811c8ff", "/", ["b"]],
  ["in quotes and upper case", 'PHPSESSID="C0A811C8"', "/", ["b"]],
  ["in the query string", null, "/x?PHPSESSID=7f000001", ["a"]],
  ["in a later part of the query string", "lang=en", "/x?y=1&PHPSESSID=0a000005zzz", ["c"]],
  ["in the cookie before the query string", "PHPSESSID=7f000001", "/?PHPSESSID=c0a811c8", ["a"]],
  ["of a server that is not in the list", "PHPSESSID=0a000006", "/", everybody],
  ["that is too short", "PHPSESSID=7f0000", "/", everybody],
  ["that is not hexadecimal", "PHPSESSID=7f00000g", "/", everybody],
  ["that ends the cookie", "PHPSESSID=", "/", everybody],
  ["in another cookie whose name ends alike", "MYPHPSESSID=7f000001", "/", everybody],
  ["in the path", null, "/PHPSESSID=7f000001", everybody],
  ["nowhere", "lang=en", "/?x=y", everybody],
])("bySession looks at a session %s", (_title, cookie, target, expected) => {
  expect(after(cookie, target)).toEqual(expected);
});

test("bySession takes other identifiers, with and without =", () => {
  expect(after("JSESSIONID=7f000001", "/", "JSESSIONID=")).toEqual(["a"]);
  expect(after("JSESSIONID=7f000001", "/", "JSESSIONID")).toEqual(["a"]);
  expect(after("PHPSESSID=7f000001", "/", "JSESSIONID")).toEqual(everybody);
});

test.each(["", "="])("bySession refuses %j as an identifier", (argument) => {
  expect(bySession.create(argument)).toHaveProperty("error");
});

test("bySession says once a minute that a session was written without leading zeros", () => {
  const lines: string[] = [];
  const run = made(bySession);
  const ask = (nowMs: number, cookie: string) => {
    const request = { scheme: "http" as const, host: null, target: "/", headers: { cookie } };
    run(servers, {
      ...context({ nowMs, request, warn: (line) => lines.push(line) }),
      redirect: () => {},
      draining: [],
    });
  };
  ask(0, "PHPSESSID=deadbeef");
  expect(lines).toEqual([]);
  // 10.0.0.5 by sprintf "%x%x%x%x", then the session's own digits.
  ask(1, "PHPSESSID=a005f3e1c7");
  ask(2, "PHPSESSID=a005f3e1c7");
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("10.0.0.5");
  ask(60_001, "PHPSESSID=a005f3e1c7");
  expect(lines).toHaveLength(2);
});

test("bySession is quick with a hostile cookie", () => {
  expect(after("xPHPSESSID=".repeat(100_000))).toEqual(everybody);
});
