import { github } from "../../../src/report/formats/github.ts";
import { diagnosticAt, resultOf } from "../result-of.ts";

const options = { color: true, columns: 80, fixed: false };

describe("github", () => {
  test("one command for each finding, in GitHub's words for the severities", () => {
    const result = resultOf("Bad x\n", diagnosticAt(1, 1, { help: "h" }), diagnosticAt(2, 3, { severity: "info" }));
    expect(github(result, options)).toBe(
      '::error file=a.conf,line=1,endLine=1,col=1,endColumn=4,title=some-rule::Unknown directive "Bad" (h)\n' +
        '::notice file=a.conf,line=2,endLine=2,col=3,endColumn=6,title=some-rule::Unknown directive "Bad"\n' +
        "1 error, 1 info\n",
    );
  });

  test("a message cannot write a command of its own", () => {
    const lines = github(resultOf("x", diagnosticAt(1, 1, { message: "50%\r\n::error::x" })), options).split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain("::50%25%0D%0A::error::x");
  });

  test("a finding of several lines has no end column", () => {
    const [line] = github(resultOf("x", diagnosticAt(1, 1, { endLine: 2 })), options).split("\n");
    expect(line).toContain("line=1,endLine=2,col=1,title=");
  });
});
