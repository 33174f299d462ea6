import { junit } from "../../../src/report/formats/junit.ts";
import { diagnosticAt, resultOf } from "../result-of.ts";

const options = { color: true, columns: 80, fixed: false };

describe("junit", () => {
  test("a suite for the file, a case for each finding; infos pass", () => {
    const result = resultOf(
      "Bad\n",
      diagnosticAt(1, 1, { message: "a" }),
      diagnosticAt(2, 1, { severity: "info", message: "b" }),
    );
    expect(junit(result, options)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="backhand lint" tests="2" failures="1" errors="0">
  <testsuite name="a.conf" tests="2" failures="1" errors="0" skipped="0">
    <testcase name="some-rule 1:1" classname="a.conf"><failure type="error" message="a">a.conf:1:1: error: a</failure></testcase>
    <testcase name="some-rule 2:1" classname="a.conf"><system-out>a.conf:2:1: info: b</system-out></testcase>
  </testsuite>
</testsuites>
`);
  });

  test("a file without findings is a case that passed", () => {
    expect(junit(resultOf(""), options)).toContain('    <testcase name="lint" classname="a.conf"/>\n');
  });

  test("what the file says stays text, and what XML cannot hold is replaced", () => {
    const text = junit(
      resultOf("x", diagnosticAt(1, 1, { message: '<a b="&">]]>\u0000\u001b\udc80\ufffe\n' })),
      options,
    );
    expect(text).toContain('message="&lt;a b=&quot;&amp;&quot;&gt;]]&gt;\ufffd\ufffd\ufffd\ufffd&#10;"');
  });
});
