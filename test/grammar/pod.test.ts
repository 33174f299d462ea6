import { parse } from "../../grammar/parse.ts";
import { problemsOf, outline, read } from "../config/reading.ts";

function kinds(text: string): readonly string[] {
  return parse(text, "1.3").lines.map((line) => `${line.kind} ${text.slice(line.start, line.end).trim().slice(0, 12)}`);
}

describe("Documentation between the lines, as mod_perl takes it out", () => {
  test.each([
    ["=pod\nWords <here>\n</no>\n=cut\nPort 80\n", ["directive =pod", "raw Words <here>", "directive Port 80"]],
    [
      "=pod\ntext\n=over to httpd\nPort 80\n=back\ntext\n=cut\nUser a\n",
      [
        "directive =pod",
        "raw text\n=over t",
        "directive Port 80",
        "directive =back",
        "raw text\n=cut",
        "directive User a",
      ],
    ],
    ["Port 80\n__END__\n<never>\nread\n", ["directive Port 80", "directive __END__", "raw <never>\nread"]],
    ["=pod\nno end\n", ["directive =pod", "raw no end"]],
    ["=pod\n=cut\n=pod\n=cut\n", ["directive =pod", "raw =cut", "directive =pod", "raw =cut"]],
    [
      "<Perl>\n=pod\n</Perl>\nPort 80\n=cut\n",
      ["open <Perl>", "raw =pod", "close </Perl>", "directive Port 80", "directive =cut"],
    ],
    ["__END__\n", ["directive __END__"]],
    ["# =pod\nPort 80\n", ["comment # =pod", "directive Port 80"]],
  ])("%j", (text, expected) => {
    expect(kinds(text)).toEqual(expected);
    const { lines } = parse(text, "2.4");
    expect(lines.map((line) => text.slice(line.start, line.end)).join("")).toBe(text);
  });

  test.each(["1.3", "2.4"] as const)("httpd %s reads what is around it", (dialect) => {
    const config = read(
      "ServerAdmin a\n=pod\n<Directory /x>\nBogus\n=cut\nServerAdmin b\n__END__\n</Files>\n",
      dialect,
    );
    expect(problemsOf(config)).toEqual([]);
    expect(outline(config.server)).toEqual(
      ["ServerAdmin a", "=pod ", "ServerAdmin b", "__END__ "].map((line) => line.trimEnd()),
    );
  });
});
