import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { dialects } from "../../grammar/dialect.ts";
import { parse } from "../../grammar/parse.ts";
import { print } from "../../src/ast/print.ts";
import { decode, encode } from "../../src/source/encoding.ts";
import { describeIfShared, sharedPath } from "../support/shared.ts";

describeIfShared("configurations from the field", () => {
  const files = (folder: string): string[] =>
    readdirSync(sharedPath(folder), { recursive: true, encoding: "utf8" })
      .map((name) => join(sharedPath(folder), name))
      .filter((path) => statSync(path).isFile());

  test.each(dialects)("come back byte for byte, read as %s", (dialect) => {
    const paths = files("corpus");
    expect(paths.length).toBeGreaterThan(100);
    for (const path of paths) {
      const bytes = readFileSync(path);
      expect([path, bytes.equals(encode(print(parse(decode(bytes), dialect))))]).toEqual([path, true]);
    }
  });

  test("of 1.3 nest without a problem", () => {
    const odd: string[] = [];
    for (const path of files("corpus/apache1.3")) {
      for (const problem of parse(decode(readFileSync(path)), "1.3").problems) {
        odd.push(`${relative(sharedPath("corpus"), path)} ${problem.kind} ${problem.line.name}`);
      }
    }
    // The author of that one tests what blanks behind the bracket do: the sections have no name.
    const blankName = "apache1.3/Apache-ConfigParser/httpd02.conf unclosed-section ";
    expect(odd).toEqual([blankName, blankName]);
  });
});
