import type { Condition, ExpressionWord } from "../../src/expression/expression-tree.ts";
import { parseCondition, parseText } from "../../src/expression/parse-expression.ts";

/** A tree as a short text, so that a case is one line. */
function shownWord(word: ExpressionWord): string {
  switch (word.kind) {
    case "text":
      return JSON.stringify(word.text);
    case "number":
      return word.text;
    case "variable":
      return `%${word.name}`;
    case "reference":
      return `$${word.index}`;
    case "call":
      return `${word.name}(${shownWord(word.argument)})`;
    case "joined":
      return `[${word.parts.map(shownWord).join(" ")}]`;
    default:
      return word satisfies never;
  }
}

function shown(condition: Condition): string {
  switch (condition.kind) {
    case "constant":
      return String(condition.value);
    case "not":
      return `!${shown(condition.inner)}`;
    case "and":
    case "or":
      return `(${condition.parts.map(shown).join(condition.kind === "and" ? " & " : " | ")})`;
    case "unary":
      return `-${condition.operator} ${shownWord(condition.word)}`;
    case "binary":
      return `${shownWord(condition.left)} -${condition.operator} ${shownWord(condition.right)}`;
    case "compare":
      return `${shownWord(condition.left)} ${condition.as} ${condition.sign} ${shownWord(condition.right)}`;
    case "match": {
      const { text, ignoreCase } = condition.pattern;
      return `${shownWord(condition.word)} ${condition.negated ? "!" : "="}~ ${text}${ignoreCase ? " i" : ""}`;
    }
    case "in": {
      const { list } = condition;
      const words = list.kind === "call" ? shownWord(list) : `{${list.words.map(shownWord).join(" ")}}`;
      return `${shownWord(condition.word)} in ${words}`;
    }
    default:
      return condition satisfies never;
  }
}

function read(text: string): string {
  const result = parseCondition(text);
  return "problem" in result ? `${result.problem.at}: ${result.problem.message}` : shown(result.value);
}

describe("Conditions", () => {
  test.each([
    ["true", "true"],
    ["true && false || true", "((true & false) | true)"],
    ["true or false and true or false", "(true | (false & true) | false)"],
    ["!!true", "true"],
    ["! not !true", "!true"],
    ["!true && (false || true)", "(!true & (false | true))"],
    ["-f '/a'.'b'", '-f ["/a" "b"]'],
    ["'a' = \"b\"", '"a" text == "b"'],
    ["'a' -eq 5", '"a" number == 5'],
    ["'a'eq-5", '"a" number == -5'],
    ["%{X}-lt 5", "%X number < 5"],
    ["'127.0.0.1' -IpMatch '10.0.0.0/8'", '"127.0.0.1" -ipmatch "10.0.0.0/8"'],
    ["%{X} =~ m#a#i && true", "(%X =~ a i & true)"],
    ["%{X} !~ /a\\/", "%X !~ a\\"],
    ["%{X} =~ m_(a)_", "%X =~ (a)"],
    ["'a' in {'b', toupper('c')}", '"a" in {"b" toupper("c")}'],
    ["'a' -in PeerExtList('b')", '"a" in PeerExtList("b")'],
    ["'a%{X}b$1c' == $2", '["a" %X "b" $1 "c"] text == $2'],
    ["'%{a:b%{c:d}}' == ''", 'a(["b" c("d")]) text == ""'],
    ["'\\n\\101\\x\\'' == '\\$1'", '"\\nAx\'" text == "$1"'],
    // A regular expression that nothing ends is the end of the text.
    ["true /b", "true"],
  ])("%s is %s", (text, tree) => {
    expect(read(text)).toBe(tree);
  });

  test.each([
    ["", "0: unexpected end"],
    ["TRUE", "4: unexpected end"],
    ["true &&", "7: unexpected end"],
    ["true true", '5: unexpected "true"'],
    ["(true", "5: unexpected end"],
    ["'a'", "3: unexpected end, a comparison was expected"],
    ["'a' == 'b' == 'c'", '11: unexpected "=="'],
    ["'a' == ('b')", '7: unexpected "("'],
    ["'a' =~ 'b'", "7: unexpected text or variable"],
    ["'a' =~ m_b_", '7: unexpected "m_b_"'],
    ["'a' =~ /b", "7: unexpected end: a / has no second one"],
    ["'a' in {}", '8: unexpected "}"'],
    ["'a", "2: a text or variable has no end"],
    ["'a\nb'", "2: a text or variable has no end"],
    ["%{X == 'a'", "3: a text or variable has no end"],
    ["%{X:} == 'a'", "5: unexpected end of a variable"],
    ["%{X:'a'} == 'a'", "5: httpd cannot read a quote in a variable, unless a backslash stands in front"],
    ["'\\400' == 'a'", "2: bad escape sequence in a text"],
    ["'\\8' == 'a'", "2: bad escape sequence in a text"],
    ["# == 'a'", "0: parse error near '#'"],
  ])("%j: %s", (text, problem) => {
    expect(read(text)).toBe(problem);
  });

  test.each([
    ["!", "true", 9996],
    ["true && ", "true", 4998],
    ["true || ", "true", 4998],
  ])("as many %j as httpd's parser has room for, and no more", (piece, last, most) => {
    expect(parseCondition(piece.repeat(most) + last)).toHaveProperty("value");
    expect(parseCondition(piece.repeat(most + 1) + last)).toHaveProperty("problem");
  });

  test("texts and regular expressions are as long as httpd's buffers", () => {
    for (const [before, behind] of [
      ["'", "' == 'a'"],
      ["%{a:", "} == 'a'"],
      ["'a' =~ /", "/"],
    ]) {
      expect(parseCondition(`${before}${"a".repeat(8191)}${behind}`)).toHaveProperty("value");
      expect(parseCondition(`${before}${"a".repeat(8192)}${behind}`)).toHaveProperty("problem");
    }
  });

  test.each(["(", "!", "tolower(", "'%{a:", "%{a:%{", "'a' in {'a',", "true && ", "'a'.", "'\\", "$1 == ", "m#", "/"])(
    "a megabyte of %j is read to its end",
    (piece) => {
      expect(typeof read(piece.repeat(1_000_000 / piece.length))).toBe("string");
    },
  );
});

describe("Texts with variables", () => {
  test.each([
    ["a\"b'c", '"a\\"b\'c"'],
    ["a%{X}$1", '["a" %X $1]'],
    ["%{a:b}", 'a("b")'],
    ["%", '"%"'],
  ])("%s is %s", (text, tree) => {
    const result = parseText(text);
    expect("problem" in result ? result.problem.message : shownWord(result.value)).toBe(tree);
  });

  test.each([
    ["", "it is empty"],
    ["a\\", "nothing is behind a backslash"],
    ["%{X", "a text or variable has no end"],
  ])("%j: %s", (text, message) => {
    expect(parseText(text)).toMatchObject({ problem: { message } });
  });
});
