import type { AskedRequest } from "../../src/routing/client-facts.ts";
import { evaluate, parseExpression, undecidable } from "../../src/routing/expression.ts";

const request: AskedRequest = {
  client: {
    address: "127.0.0.2",
    protocol: "HTTP/1.1",
    headers: ["Host", "a.ex", "User-Agent", "curl/8", "X-Test", "1", "x-test", "2"],
  },
  method: "GET",
  requestLine: "HEAD /a/f.txt?x=1 HTTP/1.1",
  localAddress: "127.0.0.1",
  uri: "/a/f.txt",
  query: "x=1",
  variables: new Map([["e1", "1"]]),
};

const holds = (text: string): boolean | null => evaluate(parseExpression(text), request);

/** Each answer is that of httpd 2.4.71. */
test.each<[string, boolean]>([
  ["true", true],
  ["! false", true],
  ["%{REQUEST_URI} =~ m#^/a/#", true],
  ["%{REQUEST_URI} =~ /F\\.TXT/i", true],
  ["%{REQUEST_URI} !~ /txt/", false],
  ["%{HTTP_HOST} == 'a.ex' && %{QUERY_STRING} == 'x=1'", true],
  ["toupper(%{REQUEST_METHOD}) == 'GET' and not false", true],
  ["false or tolower('A') == 'a'", true],
  ["%{REQUEST_METHOD} in { 'GET', 'HEAD' }", true],
  ["%{REMOTE_ADDR} -ipmatch '127.0.0.0/31'", false],
  ["-R '127.0.0.2'", true],
  ["%{HTTP_HOST} -strmatch '*.ex'", true],
  ["%{REQUEST_URI} -strcmatch '/A*'", true],
  ["req('X-Test') == '1, 2'", true],
  ["reqenv('e1') -eq 1 && -z reqenv('e2')", true],
  ["'2' -lt '10' && '2' gt '10'", false],
  ["'b' > 'abc'", true],
  ["%{THE_REQUEST} =~ /^HEAD /", true],
  ["md5('x') == '9dd4e461268c8034f5c8564e155c67a6'", true],
  ["%{base64:ab} == 'YWI='", true],
  ["escape('/a b;c') == '/a%20b;c' && unescape('%41%2f') == 'A%2f'", true],
  ["-T 'off' || -n ''", false],
  ["true || false && false", true],
  ["! false && false", false],
  ["not not true", true],
  ["'a\\x41' == 'ax41' && '\\101' == 'A'", true],
  ["'a\\nb' =~ /^a.b$/", true],
  ["'a\\'b' =~ /^a'b$/", true],
  ["'\\%{X}' =~ /^.{4}$/", true],
  ["'%{tolower:A\\}B}' == 'a}b'", true],
  ["'%{tolower:%{toupper:a}B}' == 'ab'", true],
  ["'abc' =~ m_(b)_", true],
  ["'3x' -eq 3 && ' +3' -eq 3 && '0x10' -eq 0", true],
  ["'99999999999999999999' -eq '9223372036854775807'", true],
  ["'/a/b' -fnmatch '/a*'", false],
  ["tolower('A').'b' == 'ab'", true],
])("%s is %s", (text, expected) => {
  expect(holds(text)).toBe(expected);
});

test.each([
  ["%{SERVER_NAME} == 'x'", "%{SERVER_NAME}"],
  ["-f '/x'", "-f"],
  ["'$1' == 'a'", "$1"],
  ["file('/x') == 'a'", "file()"],
  ["%{REQUEST_URI} =~ /a", "unexpected end: a / has no second one"],
  ["true &&", "unexpected end"],
])("%s is undecided, and says why", (text, why) => {
  expect(holds(text)).toBeNull();
  expect(undecidable(parseExpression(text))).toBe(why);
});

test("one side of && and || may decide alone", () => {
  expect(holds("-f '/x' && false")).toBe(false);
  expect(holds("true || -f '/x'")).toBe(true);
  expect(holds("-f '/x' || false")).toBeNull();
});

test("what is nested a million times deep is refused, not run out of stack with", () => {
  expect(holds("!".repeat(1_000_000) + "true")).toBeNull();
  expect(holds("(".repeat(1_000_000))).toBeNull();
});
