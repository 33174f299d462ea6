import { migrateText } from "./support.ts";

test.each([
  ["http://homes.example/*/web", '"http://homes.example/$1/web$2"'],
  ["http://homes.example/*/", "http://homes.example/$1/$2"],
  ["http://homes.example", "http://homes.example/$1$2"],
])("homes at %s, which 2.4 would not lead to, become a redirect", (pattern, target) => {
  const { text } = migrateText(`UserDir ${pattern}\n`);
  expect(text).toContain(`RedirectMatch 302 "^/~([^/]+)(.*)$" ${target.replaceAll('"', "")}`);
  expect(text).not.toContain("UserDir");
});

test.each(["http://homes.example/*", "public_html", "/home/*/web"])("homes at %s stay as they are", (pattern) => {
  expect(migrateText(`UserDir ${pattern}\n`).text).toContain(`\nUserDir ${pattern}\n`);
});

test("homes that not every user or host has there are lost, and the report tells the line to write", () => {
  const { migration } = migrateText("UserDir http://homes.example/*/web\nUserDir disabled root\n");
  const [line] = migration.lines;
  expect(line?.verdict).toMatchObject({ kind: "dropped", decides: true });
  expect(JSON.stringify(line)).toContain("http://homes.example/$1/web$2");
});
