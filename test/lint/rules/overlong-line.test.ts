import { overlongLine } from "../../../src/lint/rules/overlong-line.ts";
import { lintText, testRule } from "../test-rule.ts";
import { rules } from "../../../src/lint/rules/index.ts";

const names = (bytes: number): string =>
  `<VirtualHost 10.0.0.1>\nServerAlias ${"a ".repeat(bytes / 2)}\n</VirtualHost>\n`;

testRule(overlongLine, {
  accept: {
    "8000 bytes": { config: names(8000), dialect: "1.3" },
    "more of them in 2.4": { config: names(80_000), dialect: "2.4" },
  },
  reject: {
    "a line that 1.3 cuts": {
      config: names(9000),
      dialect: "1.3",
      findings: ["2:1 Line too long: this httpd reads 8191 bytes and takes the rest for another line"],
    },
  },
});

test("what is read behind the cut is not reported a second time", () => {
  const { result } = lintText(rules, names(9000), "1.3");
  expect(result.files.flatMap(({ diagnostics }) => diagnostics)).toMatchObject([
    { rule: "overlong-line", fatal: true },
  ]);
});

test("a line of a hundred thousand bytes is one finding", () => {
  const { result } = lintText(rules, `ServerAdmin ${"a".repeat(100_000)}\n`, "1.3");
  expect(result.summary).toMatchObject({ errors: 1, warnings: 0, infos: 0 });
});
