import { unescapeHeaderText } from "../../src/routing/header-escapes.ts";

test.each([
  [String.raw`a\\b`, String.raw`a\b`],
  [String.raw`a\tb`, "a\tb"],
  [String.raw`a\nb\rc`, "a b c"],
  [String.raw`\d\%\"`, String.raw`\d\%\"`],
  ["\\", "\\"],
  [String.raw`\\t`, String.raw`\t`],
])("the value %s is sent as %s", (text, sent) => {
  expect(unescapeHeaderText(text)).toBe(sent);
});
