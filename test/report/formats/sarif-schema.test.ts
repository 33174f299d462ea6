import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Dialect } from "../../../grammar/dialect.ts";
import { rules } from "../../../src/lint/rules/index.ts";
import { sarif } from "../../../src/report/formats/sarif.ts";
import { lintText } from "../../lint/test-rule.ts";

/** The standard's own schema; the package that has it is one for each platform. */
const multitool = createRequire(createRequire(import.meta.url).resolve("@microsoft/sarif-multitool/package.json"));
const schema = JSON.parse(
  readFileSync(multitool.resolve(`@microsoft/sarif-multitool-${process.platform}/sarif-2.1.0.json`), "utf8"),
) as object;

const formats = {
  uri: (text: string) => URL.canParse(text),
  // Without a base a path that starts with a segment like `c:` would be taken for a scheme.
  "uri-reference": (text: string) =>
    /^(?:[!$&-;=?-Z_a-z~#]|%[\da-f]{2})+$/i.test(text) && URL.canParse(text, "file:///base/"),
  uuid: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i,
  "date-time": (text: string) => !Number.isNaN(Date.parse(text)),
};
const validate = new Ajv2020({ allErrors: true, strict: false, formats }).compile(schema);

const pages = join(import.meta.dirname, "..", "..", "..", "docs", "rules");

/** The SARIF of a text, and where it breaks the standard. */
function check(config: string, dialect: Dialect, files: Readonly<Record<string, string>> = {}): readonly unknown[] {
  const { result } = lintText(rules, config, dialect, files);
  const text = sarif(result, { color: true, columns: 80, fixed: false, pageOf: (id) => `# ${id}` });
  validate(JSON.parse(text));
  return validate.errors ?? [];
}

describe("SARIF against the schema of the standard", () => {
  test("the schema refuses what is wrong, so that the tests below can fail", () => {
    expect(validate({ version: "2.1.0", runs: [{ tool: { driver: {} } }] })).toBe(false);
    expect(validate({ version: "2.1.0", runs: [{ tool: { driver: { name: "x", helpUri: "y" } } }] })).toBe(false);
    expect(validate({ version: "2.1.0", runs: [{ tool: { driver: { name: "x", informationUri: "y" } } }] })).toBe(
      false,
    );
    const artifacts = [{ location: { uri: "a b" } }];
    expect(validate({ version: "2.1.0", runs: [{ tool: { driver: { name: "x" } }, artifacts }] })).toBe(false);
  });

  test.each(readdirSync(pages).filter((name) => name !== "README.md"))("the findings of %s", (name) => {
    const page = readFileSync(join(pages, name), "utf8");
    const [, dialect = "", config = ""] = /## Wrong\n\n```apache ([\d.]+)\n([^]*?)```/.exec(page) ?? [];
    expect(config).not.toBe("");
    expect(check(config, dialect as Dialect)).toEqual([]);
  });

  test("findings in included files with odd names, bytes that are no UTF-8, and places at the end", () => {
    const files = { "/a b#c%20?.conf": "ServrName \udc80x\n", "/\u00fc:\udcff.conf": "<Directory /x>\n" };
    const config = 'Include "/a b#c%20?.conf"\nInclude /\u00fc:\udcff.conf\nBackhandbyAge 6\n"\udc80';
    expect(check(config, "1.3", files)).toEqual([]);
  });

  test("no findings at all", () => {
    expect(check("", "2.4")).toEqual([]);
  });
});
