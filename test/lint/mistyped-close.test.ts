import { rules } from "../../src/lint/rules/index.ts";
import { lintText } from "./test-rule.ts";

test.each(["1.3", "2.4"] as const)(
  "a mistyped closing tag is one finding, whatever follows it (httpd %s)",
  (dialect) => {
    const config = "<Directory /x>\n</Directroy>\nServerName a\n<VirtualHost 10.0.0.1>\nServerName b\n</VirtualHost>\n";
    const { result } = lintText(rules, config, dialect);
    expect(
      result.files.flatMap(({ diagnostics }) => diagnostics.map(({ line, rule, help }) => [line, rule, help])),
    ).toEqual([[2, "unmatched-close", "did you mean `</Directory>`, of line 1?"]]);
  },
);

test("a closing tag of another section is no slip", () => {
  const { result } = lintText(rules, "<Directory /x>\n</Location>\n", "2.4");
  expect(result.files.flatMap(({ diagnostics }) => diagnostics.map(({ rule }) => rule))).toEqual([
    "unclosed-section",
    "unmatched-close",
  ]);
});
