import fc from "fast-check";
import { dialects } from "../../grammar/dialect.ts";
import { formatText } from "../../src/format/format-text.ts";

/** Input, and what comes of it as httpd 2.4. */
const table: readonly (readonly [string, string, string])[] = [
  [
    "indents sections",
    "<Directory />\nOptions None\n<Files a>\nRequire all denied\n</Files>\n</Directory>\n",
    "<Directory />\n    Options None\n    <Files a>\n        Require all denied\n    </Files>\n</Directory>\n",
  ],
  [
    "indents comments with what they stand in",
    "<Directory />\n# c  d  \n</Directory>\n",
    "<Directory />\n    # c  d\n</Directory>\n",
  ],
  ["takes indentation away", "   Listen 80\n\t# x\n", "Listen 80\n# x\n"],
  [
    "spells names as the manual does",
    "listen 80\n<DIRECTORY />\n</directory>\n",
    "Listen 80\n<Directory />\n</Directory>\n",
  ],
  ["leaves unknown names and their arguments alone", "foo   a   b\n", "foo a   b\n"],
  ["puts one blank between arguments", 'Alias\t/a   "/b  c"\t\n', 'Alias /a "/b  c"\n'],
  [
    "keeps blanks where a module gets the rest of the line",
    'LogFormat   "%h  %l"   x\nRequire   expr  "a  b"\n',
    'LogFormat "%h  %l" x\nRequire expr  "a  b"\n',
  ],
  [
    "keeps continued lines but for the first indentation",
    "  serveralias a \\\n      b   c\n",
    "ServerAlias a \\\n      b   c\n",
  ],
  ["keeps a backslash from becoming a continuation", "ServerAdmin a\\ \nListen 80\n", "ServerAdmin a\\ \nListen 80\n"],
  [
    "keeps line ends",
    "<Files a>\r\nRequire all denied\r\n</Files>\r\n",
    "<Files a>\r\n    Require all denied\r\n</Files>\r\n",
  ],
  [
    "keeps a missing last line end",
    "<Files a>\nRequire all denied\n</Files>",
    "<Files a>\n    Require all denied\n</Files>",
  ],
  ["empties blank lines", " \t \nListen 80\n", "\nListen 80\n"],
  [
    "keeps Lua as it is",
    "<LuaHookFixups f>\n  x  =  1\n</LuaHookFixups>\n",
    "<LuaHookFixups f>\n  x  =  1\n</LuaHookFixups>\n",
  ],
  ["keeps Perl as it is", "<Perl>\n  $x  =  1;\n</Perl>\n", "<Perl>\n  $x  =  1;\n</Perl>\n"],
  ["keeps what follows __END__", "Listen 80\n__END__\n  a   b\n", "Listen 80\n__END__\n  a   b\n"],
  ["keeps blanks in the argument of a section", '<Files   ~  "a" >\n</Files>\n', '<Files ~  "a" >\n</Files>\n'],
  ["keeps blanks beside a variable, which may bring a quote", "CustomLog   ${A}   b\n", "CustomLog ${A}   b\n"],
  [
    "indents what stands between macros that open and close a section",
    "<Macro in $k $p>\n<$k $p>\n</Macro>\n<Macro out>\n</Location>\n</Macro>\nUse in Location /x\nRequire all denied\nUse out\nServerAdmin a\n",
    "<Macro in $k $p>\n    <$k $p>\n</Macro>\n<Macro out>\n    </Location>\n</Macro>\nUse in Location /x\n    Require all denied\nUse out\nServerAdmin a\n",
  ],
  [
    "takes a section for closed where a macro closes it",
    "<Macro out>\n</Location>\n</Macro>\n<Location /x>\nRequire all denied\nUse out\nServerAdmin a\n",
    "<Macro out>\n    </Location>\n</Macro>\n<Location /x>\n    Require all denied\nUse out\nServerAdmin a\n",
  ],
  [
    "knows macros that use such macros",
    "<Macro out>\n</Location>\n</Macro>\n<Macro next $p>\nUse out\n<Location $p>\n</Macro>\n<Location /a>\nUse next /b\nRequire all denied\nUse out\n",
    "<Macro out>\n    </Location>\n</Macro>\n<Macro next $p>\n    Use out\n    <Location $p>\n</Macro>\n<Location /a>\nUse next /b\n    Require all denied\nUse out\n",
  ],
  ["does not repair", "</Directory>\n< files  a>\nListen 80", "</Directory>\n< files  a>\n    Listen 80"],
];

describe("Formatting", () => {
  test.each(table)("%s", (_title, input, output) => {
    expect(formatText(input, "2.4")).toBe(output);
    expect(formatText(output, "2.4")).toBe(output);
  });

  test("indents by what it is given", () => {
    expect(formatText("<Files a>\nlisten 80\n</Files>\n", "1.3", "\t")).toBe("<Files a>\n\tListen 80\n</Files>\n");
  });

  test("a nest of thousands does not grow with the square of its depth", () => {
    const text = "<IfModule a>\n".repeat(20_000);
    expect(formatText(text, "2.4").length).toBeLessThan(text.length * 12);
  });

  test("any text: what is formatted stays as it is, line for line, whatever the dialect", () => {
    const piece = fc.constantFrom(
      ..."<Files a>|</Files>|<Macro m>|</Macro>|Use m|<IfModule b>|</IfModule>|<Perl>|</Perl>|listen|Options|ErrorDocument 404|=pod|=cut|__END__".split(
        "|",
      ),
      ..."  |\t|\\|\\\n|\n|\n|\r\n|\"|'|#|\0|é|a|${X}|>|<".split("|"),
    );
    const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, fc.constantFrom(...dialects), (input, dialect) => {
        const once = formatText(input, dialect);
        expect(formatText(once, dialect)).toBe(once);
        expect(once.split("\n")).toHaveLength(input.split("\n").length);
        expect(once.replace(/[ \t\v\f\r]/g, "").toLowerCase()).toBe(input.replace(/[ \t\v\f\r]/g, "").toLowerCase());
      }),
      { numRuns: 3000 },
    );
  });
});
