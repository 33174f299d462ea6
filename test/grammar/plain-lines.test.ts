import fc from "fast-check";
import { dialects } from "../../grammar/dialect.ts";
import { grammarLines } from "../../grammar/grammar-lines.ts";
import { allLines } from "../../grammar/plain-lines.ts";
import { snippet } from "../config/snippets.ts";

const piece = fc.constantFrom(
  ..."< </ <Directory <Perl </Perl> <perlx <LuaQuickHandler </luaquickhandler> <luax > >> / \\ \\\\ # \" ' name Name> a> /> x<y </x> <x> <x>> <a/> =pod \t \r \n \v \f \0 é \ufeff".split(
    " ",
  ),
  " ",
  "\n",
  "\n",
  "\\\n",
  "\\\r\n",
  "\r\n",
  "  ",
);

describe("Lines that are read without the grammar", () => {
  test.each(dialects)("are those of the grammar, in %s", (dialect) => {
    const soup = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(fc.oneof(soup, snippet), (text) => {
        expect(allLines(text, dialect)).toEqual(grammarLines(text, 0, text.length, dialect));
      }),
      { numRuns: 250 },
    );
  });
});
