import fc from "fast-check";

import { dialects } from "../../grammar/dialect.ts";
import type { FileFacts } from "../../src/routing/file-facts.ts";
import type { RouteRequest } from "../../src/routing/match.ts";
import { createRememberingRouter } from "../../src/routing/remembered-routes.ts";
import { createRouter } from "../../src/routing/router.ts";
import { compileText } from "../support/compile-text.ts";

const client = { address: "10.0.0.9", protocol: "HTTP/1.1", headers: ["Host", "x.ex", "User-Agent", "a"] };
const request: RouteRequest = {
  localAddress: "10.0.0.1",
  localPort: 80,
  host: "x.ex",
  target: "/app/x",
  method: "GET",
  client,
};

const pieces = [
  "DocumentRoot /srv",
  "Alias /app /srv/other",
  "Redirect /old http://y.ex/",
  "<Location /app>\nBackhand byRandom\n</Location>",
  "<Location />\nBackhand byAge 6\n</Location>",
  "<Directory /srv>\nBackhand byLoad\n</Directory>",
  "<Files x>\nBackhand off\n</Files>",
  "<VirtualHost *:80>\nServerName v.ex\n<Location /app>\nBackhand byBusyChildren\n</Location>\n</VirtualHost>",
  'SetEnvIf User-Agent "^b" b',
  '<Location /env>\nBackhand byRandom\nSetEnvIf Request_Method "^P" p\n</Location>',
];
const targets = [
  "/app/x",
  "/app/x?a",
  "/app/x?b=1#c",
  "/app//x",
  "/app/../x",
  "/",
  "/old/x?q",
  "/x",
  "//app/x",
  "/env",
];

describe("remembered routes", () => {
  test("are those that routing gives, whatever was asked before", () => {
    const text = fc.subarray(pieces).map((kept) => kept.join("\n"));
    const asked = fc.record({
      target: fc.constantFrom(...targets),
      host: fc.constantFrom("x.ex", "v.ex", "v.ex:80", "a b", null, ""),
      method: fc.constantFrom("GET", "POST"),
      headers: fc.constantFrom(client.headers, ["Host", "v.ex", "User-Agent", "b"]),
      localPort: fc.constantFrom(80, 8080),
    });
    const property = fc.property(
      text,
      fc.constantFrom(...dialects),
      fc.array(asked, { minLength: 2, maxLength: 20 }),
      (lines, dialect, requests) => {
        const { table } = compileText(`Listen 80\nListen 8080\n${lines}\n`, dialect);
        const plain = createRouter(table);
        const remembering = createRememberingRouter(table, {});
        for (const { headers, ...rest } of requests) {
          const each = { ...request, ...rest, client: { ...client, headers } };
          expect(remembering.route(each)).toEqual(plain.route(each));
        }
      },
    );
    fc.assert(property, { numRuns: 150 });
  });

  const { table } = compileText("DocumentRoot /srv\n<Location />\nBackhand byRandom\n</Location>\n", "1.3");

  test("are looked up in the files again when these may have changed", () => {
    let kind: "file" | null = null;
    let epoch = 1;
    let looks = 0;
    const facts: FileFacts = {
      kindOf(path) {
        looks += 1;
        return path === "/srv" ? "directory" : kind;
      },
      epoch: () => epoch,
    };
    const { route } = createRememberingRouter(table, { facts });
    expect(route(request)).toMatchObject({ fileKind: "missing" });
    const before = looks;
    kind = "file";
    expect(route({ ...request, target: "/app/x?1" })).toMatchObject({ fileKind: "missing", query: "1" });
    expect(looks).toBe(before);
    epoch = 2;
    expect(route(request)).toMatchObject({ fileKind: "file", query: null });
  });

  test("are not kept where a .htaccess file may have a say, nor for files that say nothing of their age", () => {
    let looks = 0;
    const kindOf = () => {
      looks += 1;
      return "directory" as const;
    };
    const accessFiles = { read: () => null };
    for (const options of [{ facts: { kindOf, epoch: () => 1 }, accessFiles }, { facts: { kindOf } }]) {
      const { route } = createRememberingRouter(table, options);
      route(request);
      const before = looks;
      route(request);
      expect(looks).toBeGreaterThan(before);
    }
  });

  test("of one client are not told to another", () => {
    const { route } = createRememberingRouter(table, {});
    route(request);
    const other = { address: "10.0.0.10", protocol: "HTTP/1.0", headers: ["Host", "x.ex"] };
    expect(route({ ...request, method: "POST", client: other })).toMatchObject({
      asked: { client: other, method: "POST", requestLine: "POST /app/x HTTP/1.0" },
    });
  });
});
