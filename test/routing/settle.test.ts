import type { Dialect } from "../../src/compile/table.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { createRouter, isRefusal } from "../../src/routing/router.ts";
import { settle } from "../../src/routing/settle.ts";
import { compileText } from "../support/compile-text.ts";

const facts = memoryFileSystem({ "/srv/b.html": "", "/srv/c.html": "", "/srv/empty/": "" });

/** The file name that answers and the access to it, for a client at 10.1.1.1. */
function settled(lines: string, target = "/", dialect: Dialect = "1.3", method = "GET"): string {
  const listen = dialect === "1.3" ? "" : "Listen 80\n";
  const { table } = compileText(`${listen}DocumentRoot /srv\nDirectoryIndex a.html b.html c.html\n${lines}`, dialect);
  const answer = createRouter(table, { facts }).route({
    localAddress: "10.0.0.1",
    localPort: 80,
    host: "x",
    target,
    method,
  });
  if (isRefusal(answer)) throw new Error(answer.reason);
  const { match, access } = settle(answer, "10.1.1.1", method, "10.0.0.1");
  return `${match.filename} ${access}`;
}

const deny = (name: string): string => `<Files ${name}>\nOrder allow,deny\n</Files>\n`;

test("the first index file that is there answers for its folder", () => {
  expect(settled("")).toBe("/srv/b.html granted");
});

test("one that is closed to the client is passed over for the next", () => {
  expect(settled(deny("b.html"))).toBe("/srv/c.html granted");
});

test("when none is open, the folder is closed, even if the closed one is not there", () => {
  expect(settled(deny("b.html") + deny("c.html"))).toBe("/srv denied");
  expect(settled(deny("a.html"), "/empty/")).toBe("/srv/empty denied");
  expect(settled("", "/empty/")).toBe("/srv/empty granted");
});

test("a closed folder shows no index", () => {
  expect(settled("<Directory /srv>\nDeny from all\n</Directory>")).toBe("/srv denied");
});

/** Seen with httpd 2.4.71: the index is looked for with GET, unless the folder's own sections have decided already. */
test("a POST reaches an index whose sections close it to POST only in 1.3", () => {
  const files = "<Files b.html>\n<LimitExcept GET>\nOrder allow,deny\n</LimitExcept>\n</Files>";
  expect(settled(files, "/", "2.4", "POST")).toBe("/srv/b.html granted");
  expect(settled(files, "/", "1.3", "POST")).toBe("/srv/b.html denied");
  const folder = "<Directory /srv>\n<Limit GET>\nOrder allow,deny\n</Limit>\n</Directory>";
  expect(settled(folder, "/", "2.4", "POST")).toBe("/srv/b.html granted");
  expect(settled(folder, "/", "1.3", "POST")).toBe("/srv denied");
});

test.each(["2.0", "2.2"] as const)("a Satisfy of some methods leaves %s the one that others have", (dialect) => {
  const lines =
    "<Directory /srv>\nOrder allow,deny\nAllow from all\nAuthType Basic\nAuthName x\nRequire valid-user\nSatisfy any\n" +
    "<Limit PUT>\nOrder deny,allow\nDeny from all\nSatisfy all\n</Limit>\n</Directory>";
  expect(settled(lines, "/b.html", dialect)).toBe("/srv/b.html granted");
  expect(settled(lines, "/b.html", dialect, "PUT")).toBe("/srv/b.html authentication");
  // 1.3 knows no methods for it: the last one holds for all.
  expect(settled(lines, "/b.html", "1.3")).toBe("/srv/b.html authentication");
});
