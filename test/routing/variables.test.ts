import type { Dialect } from "../../src/compile/table.ts";
import type { Match } from "../../src/routing/match.ts";
import { createRouter, isRefusal } from "../../src/routing/router.ts";
import { withFixedVariables } from "../../src/routing/variables.ts";
import { compileText } from "../support/compile-text.ts";

function match(lines: string, dialect: Dialect = "2.4", target = "/a%62c/x"): Match {
  const { table, problems } = compileText(`${dialect === "1.3" ? "" : "Listen 80\n"}${lines}`, dialect);
  expect(problems).toEqual([]);
  const answer = createRouter(table).route({
    localAddress: "10.0.0.1",
    localPort: 80,
    host: "x.ex",
    target,
    method: "GET",
    client: { address: "10.1.1.1", protocol: "HTTP/1.1", headers: ["Host", "x.ex", "User-Agent", "Mozilla/4.0"] },
  });
  if (isRefusal(answer)) throw new Error(answer.reason);
  return answer;
}

const set = (lines: string, dialect?: Dialect): Readonly<Record<string, string>> =>
  Object.fromEntries(match(lines, dialect).asked?.variables ?? []);

test("at server level the path counts as it was sent, in sections decoded", () => {
  expect(set("SetEnvIf Request_URI %62 raw\nSetEnvIf Request_URI ^/abc plain")).toEqual({ raw: "1" });
  expect(set("<Location /abc>\nSetEnvIf Request_URI %62 raw\nSetEnvIf Request_URI ^/abc plain\n</Location>")).toEqual({
    plain: "1",
  });
});

test("lines see what those before them have set, change it and take it away", () => {
  expect(set("BrowserMatch ^Mozilla/([0-9]) old version=$1\nSetEnvIf version 4 four !old")).toEqual({
    version: "4",
    four: "1",
  });
});

test("what is absent is an empty text from 2.0 on and nothing in 1.3", () => {
  expect(set("SetEnvIf Referer ^$ none")).toEqual({ none: "1" });
  expect(set("SetEnvIf Referer ^$ none", "1.3")).toEqual({});
});

test("SetEnvIf takes case into account, SetEnvIfNoCase does not", () => {
  expect(set("SetEnvIf User-Agent mozilla a\nSetEnvIfNoCase user-agent mozilla b")).toEqual({ b: "1" });
});

test("UnsetEnv takes back what SetEnv has set, and nothing of SetEnvIf", () => {
  const { asked, effective } = match("SetEnvIf Host x e1\nSetEnv e2 2\nSetEnv e3 3\nUnsetEnv e1 e2");
  expect(Object.fromEntries(withFixedVariables(asked?.variables ?? new Map(), effective))).toEqual({
    e1: "1",
    e3: "3",
  });
});
