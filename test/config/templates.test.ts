import { problemsOf, read } from "./reading.ts";

describe("Templates", () => {
  test("a file with many markers is reported once, and none of them is fatal", () => {
    const text = "ServerRoot @@ServerRoot@@\nInclude @conf@/x.conf\n<IfModule @M@ x>\n</IfModule>\n@@LoadModule@@\n";
    for (const dialect of ["1.3", "2.4"] as const) {
      const config = read(text, dialect);
      expect(config.problems.filter((problem) => problem.fatal)).toEqual([]);
      expect(problemsOf(config).filter((problem) => problem.startsWith("template-file"))).toEqual([
        "template-file 1: Template: @@ServerRoot@@ is still to be replaced",
      ]);
    }
  });

  test("a mistake in a line without marker stays one", () => {
    const problems = problemsOf(read("ServerRoot @R@\n<Directory /x>\n", "2.4"));
    expect(problems).toContain("unclosed-section 2!: <Directory> is not closed");
  });

  test.each(["ServerAdmin me@example.org", "# @R@", "SetEnv a @b", "SetEnv a b@c @d"])("%s is none", (line) => {
    expect(problemsOf(read(`${line}\n`, "2.4"))).toEqual([]);
  });
});
