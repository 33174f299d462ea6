import fc from "fast-check";

import { readTable } from "../../src/routing/read-table.ts";
import { compileText } from "../support/compile-text.ts";

const { table } = compileText(
  `Listen 80\nServerName m.ex\nMulticastStats 239.1.1.1:4445,1\nAcceptStats 10.0.0.0/8\n<VirtualHost *:80>\nServerAlias a.ex\n<Directory /srv>\n<RequireAll>\n<RequireAny>\nRequire ip 10\n</RequireAny>\n</RequireAll>\n<Limit GET>\nOrder allow,deny\n</Limit>\n<Files x>\nOrder deny,allow\n</Files>\n</Directory>\n</VirtualHost>\nRewriteEngine on`,
  "2.4",
);
const json = JSON.stringify(table, null, 1);

test("what was written is read back the same", () => {
  expect(readTable(json)).toEqual({ table });
});

test("a table that is cut off anywhere is refused", () => {
  fc.assert(
    fc.property(fc.nat(json.trimEnd().length - 1), (length) => {
      expect(readTable(json.slice(0, length))).toHaveProperty("error");
    }),
  );
});

test.each([
  ["no table", { ...table, format: "x" }, /no routing table/],
  ["another version", { ...table, version: 2 }, /version 2, and this program reads version 1/],
  ["no version", { ...table, version: undefined }, /version none/],
  ["no hosts", { ...table, hosts: [] }, /no main server/],
  ["a list that is none", { ...table, sections: {} }, /a list at sections/],
  ["a stray key", { ...table, section: [] }, /nothing of that name at section/],
  [
    "a port that is none",
    { ...table, listen: [{ ...table.listen[0], port: 70_000 }] },
    /from 0 to 65535 at listen\[0\]\.port/,
  ],
  ["a section of no host", { ...table, sections: [{ ...table.sections[0], host: 9 }] }, /sections\[0\]\.host/],
  ["a kind that is none", { ...table, sections: [{ ...table.sections[0], kind: "Perl" }] }, /sections\[0\]\.kind/],
])("%s is refused with the reason", (_, value, reason) => {
  const result = readTable(JSON.stringify(value));
  expect("error" in result ? result.error : "").toMatch(reason);
});

test("taking away any one property is noticed", () => {
  const paths: (readonly string[])[] = [];
  const collect = (value: unknown, path: readonly string[]): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (!Array.isArray(value)) paths.push([...path, key]);
      collect(inner, [...path, key]);
    }
  };
  collect(table, []);
  // Without these two a line means something else that is valid too.
  const optional = new Set(["limit", "children"]);
  for (const path of paths.filter((each) => !optional.has(each.at(-1) ?? ""))) {
    const copy = structuredClone(table) as unknown as Record<string, unknown>;
    let at = copy;
    for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
    Reflect.deleteProperty(at, path.at(-1) ?? "");
    expect({ path, refused: "error" in readTable(JSON.stringify(copy)) }).toEqual({ path, refused: true });
  }
});

test("no text makes it throw", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(readTable(text)).toHaveProperty("error");
    }),
  );
  expect(readTable("[".repeat(1_000_000))).toHaveProperty("error");
  expect(readTable('{"format":"backhand-routing-table","version":1,"__proto__":{}}')).toHaveProperty("error");
});
