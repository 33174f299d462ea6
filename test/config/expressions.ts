import fc from "fast-check";

/** Pieces of expressions, right and wrong; none has a quote that would end the argument of `<If "…">`. */
const words: readonly string[] = (
  "'a'|'10.0.0.0/8'|'%{HTTP_HOST}'|'a%{REQUEST_URI}b$1'|'\\\\101'|'\\\\x41'|'\\\\400'|'\\\\''|''|%{HTTP_HOST}|%{bogus}|%{HTTP:a}|" +
  "%{http:a%{env:b}c}|%{HTTP:a'b}|%{HTTP:a\\\\'b}|%{HTTP:}|%{osenv:}|%{ HTTP_HOST}|req('a')|REQ('b')|tolower(%{HTTP_HOST})|bogus('a')|" +
  "md5('a'.'b')|file('/x')|5|-5|$1|$a|a|'open|%{open|'%{nope}'|PeerExtList('1.2')"
).split("|");
const comparisons: readonly string[] =
  "== = != < <= > >= -eq -ne -lt -le -gt -ge eq ne lt le gt ge -ipmatch -strmatch -strcmatch -fnmatch -IPMATCH -bogus === EQ".split(
    " ",
  );
const patterns: readonly string[] =
  "/a/ /a/i m#a#i m_a_ m_(a)_ m|a|i m'a' /(/ /a/m /a/ii /a m:a:x /a\\\\/ m/a/ ma mxax".split(" ");
const unary: readonly string[] = "-n -z -f -d -e -s -L -h -F -U -A -T -R -x -q -N".split(" ");

const word = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...words), fc.constantFrom(...words)).map((two) => two.join(".")) },
);
const test = fc.oneof(
  fc.constantFrom("true", "false", "TRUE", "()"),
  fc.tuple(word, fc.constantFrom(...comparisons), word).map((parts) => parts.join(" ")),
  fc.tuple(word, fc.constantFrom("=~", "!~"), fc.constantFrom(...patterns)).map((parts) => parts.join(" ")),
  fc
    .tuple(word, fc.constantFrom("in", "-in", "IN"), fc.array(word, { maxLength: 3 }))
    .map(([left, operator, list]) => `${left} ${operator} {${list.join(", ")}}`),
  fc.tuple(fc.constantFrom(...unary), word).map((parts) => parts.join(" ")),
  word,
);
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 5, arbitrary: test },
    { weight: 1, arbitrary: tie("condition").map((inner) => `(${inner})`) },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom("!", "not ", "! !"), tie("condition")).map((two) => two.join("")),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(tie("condition"), fc.constantFrom("&&", "||", "and", "or", "&", "AND"), tie("condition"))
        .map((parts) => parts.join(" ")),
    },
  ),
}));

/** Snippets of 2.4 around an expression: mostly conditions, and texts as SetHandler has them. */
export const expression: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: condition.map((text) => `<If "${text}">\n</If>\n`) },
  {
    weight: 1,
    arbitrary: fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => `SetHandler "expr=${parts.join("")}"\n`),
  },
);
