import { Lexer } from "chevrotain";
import fc from "fast-check";
import { dialects } from "../../grammar/dialect.ts";
import { LineBuilder } from "../../grammar/line-builder.ts";
import { HttpdParser } from "../../grammar/parser.ts";
import { createTokens } from "../../grammar/tokens.ts";
import { nastyText } from "./nasty-text.ts";

test.each(dialects)("in %s every text is made of tokens, and every list of tokens is a configuration", (dialect) => {
  const tokens = createTokens(dialect);
  const parser = new HttpdParser(tokens);
  fc.assert(
    fc.property(nastyText, (text) => {
      expect(tokens.lexer.tokenize(text).errors).toEqual([]);
      parser.read(text, new LineBuilder(text, 0, dialect));
      expect(parser.errors).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("what is left behind the last token is blank for httpd", () => {
  const tokens = createTokens("2.4");
  const parser = new HttpdParser(tokens);
  for (const text of ["A\n \t", "\\\n\\\n", "A\n\0x y", " "]) {
    const builder = new LineBuilder(text, 0, "2.4");
    parser.read(text, builder);
    expect(text.slice(builder.end).replace(/\0.*/, "").replaceAll("\\\n", "").trim()).toBe("");
  }
});

test("lexer and grammar pass Chevrotain's own checks", () => {
  const tokens = createTokens("2.4");
  const checked = new Lexer(tokens.definition, { positionTracking: "onlyOffset", deferDefinitionErrorsHandling: true });
  expect(checked.lexerDefinitionErrors).toEqual([]);
  expect(() => new HttpdParser(tokens, true)).not.toThrow();
});
