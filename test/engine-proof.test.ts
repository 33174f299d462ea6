import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const page = readFileSync(join(import.meta.dirname, "../docs/engine-proof.md"), "utf8");

/** What is promised (empty: the same as in the row before), a file and a title. */
const rows = [...page.matchAll(/^\| (.*?) +\| \[([\w./-]+)\]\(\.\.\/test\/([\w./-]+)\) +\| (.+?) +\|$/gm)].map(
  ([, what = "", name = "", file = "", title = ""]) => ({ what: what.trim(), name, file, title }),
);

/** Titles of tests as they are written, or names of vectors. */
function titlesOf(file: string): readonly string[] {
  const text = readFileSync(join(import.meta.dirname, file), "utf8");
  if (file.endsWith(".json")) return (JSON.parse(text) as readonly { readonly name: string }[]).map(({ name }) => name);
  return [...text.matchAll(/(?:\btest\(|\]\)\(|\btest\.each\([\w.]+\)\()\s*(["`])((?:(?!\1).)+)\1/g)].map(
    ([, , title = ""]) => title,
  );
}

test("every row of the page is read", () => {
  const lines = page.split("\n").filter((line) => line.startsWith("| ") && !/^\| (?:what +\| test|-+) /.test(line));
  expect(rows).toHaveLength(lines.length);
  expect(rows.length).toBeGreaterThan(100);
});

test.each(rows)("$file has: $title", ({ name, file, title }) => {
  expect(name).toBe(file);
  expect(existsSync(join(import.meta.dirname, file))).toBe(true);
  expect(titlesOf(file)).toContain(title);
});

test("every fault of the package that is shown stands on the page", () => {
  const shown = ["proxy/stock-faults.test.ts", "proxy/stock-process.test.ts"].flatMap((file) =>
    titlesOf(file).map((title) => [file, title]),
  );
  expect(shown.filter(([file, title]) => !rows.some((row) => row.file === file && row.title === title))).toEqual([]);
});
