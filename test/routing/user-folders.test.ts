import type { Dialect } from "../../src/compile/table.ts";
import { createRouter, isRefusal } from "../../src/routing/router.ts";
import { compileText } from "../support/compile-text.ts";

const homes: Readonly<Record<string, string>> = { ann: "/home/ann" };

/** The file name for a path, or where its client is sent. */
function file(lines: string, target: string, dialect: Dialect = "2.4"): string {
  const { table } = compileText(`${dialect === "1.3" ? "" : "Listen 80\n"}DocumentRoot /srv\n${lines}`, dialect);
  const facts = {
    kindOf: (path: string) => (path.startsWith("/home/") ? "file" : null),
    homeOf: (user: string) => homes[user] ?? null,
  };
  const router = createRouter(table, { facts });
  const answer = router.route({ localAddress: "10.0.0.1", localPort: 80, host: "x.ex", target, method: "GET" });
  return isRefusal(answer) ? `${answer.status} ${answer.location ?? ""}` : answer.filename;
}

test.each<[string, string, string]>([
  ["UserDir /u", "/~ann/x", "/u/ann/x"],
  ["UserDir /u/*/www", "/~ann/x", "/u/ann/www/x"],
  ["UserDir public", "/~ann/x", "/home/ann/public/x"],
  ["UserDir public", "/~nobody/x", "/srv/~nobody/x"],
  ["UserDir http://h.ex/*/w", "/~ann/x", "302 http://h.ex/ann/x"],
  ["UserDir /u\nUserDir disabled ann", "/~ann/x", "/srv/~ann/x"],
  ["UserDir /u\nUserDir disabled\nUserDir enabled ann", "/~ann/x", "/u/ann/x"],
  ["UserDir /u\nUserDir disabled\nUserDir enabled ann", "/~bob/x", "/srv/~bob/x"],
  ["UserDir /u", "/~/x", "/srv/~/x"],
  ["UserDir /u", "/x/~ann", "/srv/x/~ann"],
])("%s sends %s to %s", (lines, target, expected) => {
  expect(file(lines, target)).toBe(expected);
});

test("without a line there are no users", () => {
  expect(file("", "/~ann/x")).toBe("/srv/~ann/x");
});

test("1.3 keeps what stands behind an asterisk in a URL", () => {
  expect(file("UserDir http://h.ex/*/w", "/~ann/x", "1.3")).toBe("302 http://h.ex/ann/w/x");
});

test("no user leads out of its folder", () => {
  expect(file("UserDir /u", "/~../x")).toBe("/srv/~../x");
  expect(file("UserDir /u", "/~%2e%2e/x")).not.toMatch(/^\/(?:u\/\.\.|x)/);
});
