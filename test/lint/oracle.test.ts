import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { lint } from "../../src/lint/lint.ts";
import { rules } from "../../src/lint/rules/index.ts";
import { oracleCases, oracleFiles, oracleModules } from "../config/oracle.ts";

/** What these say depends on the machine's files, which lint does not look at: it reads copies too. */
const ofTheMachine = /^(?:LoadModule nope_module|DocumentRoot \/nonexistent)/;

describe.each([
  ["1.3", "httpd13"],
  ["2.4", "httpd24"],
] as const)("findings are fatal exactly when httpd %s refuses", (dialect, server) => {
  const cases = oracleCases().filter(({ input }) => !ofTheMachine.test(input));

  test.each(cases.map((one) => [`${one.group}: ${one.name}`, one] as const))("%s", (_title, one) => {
    const config = readConfiguration({
      path: "/server/o.conf",
      text: one.input,
      fileSystem: memoryFileSystem(oracleFiles(dialect)),
      dialect,
      serverRoot: "/server",
      environment: { HOME: "/root" },
      before: dialect === "2.4" ? oracleModules.map((name) => `LoadModule ${name} modules/${name}.so`) : [],
    });
    const { files } = lint(config, { rules, severities: new Map() });
    const fatal = files.flatMap(({ diagnostics }) => diagnostics.filter((diagnostic) => diagnostic.fatal));
    expect(fatal.map(({ rule, message }) => `${rule}: ${message}`)).toEqual(
      one[server].ok ? [] : expect.arrayContaining([expect.any(String)]),
    );
  });
});
