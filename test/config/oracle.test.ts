import type { Dialect } from "../../grammar/dialect.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { oracleCases, oracleFiles, oracleModules, refusals, type OracleCase, type Refusal } from "./oracle.ts";

function read(dialect: Dialect, one: OracleCase): readonly Refusal[] {
  const files = memoryFileSystem(oracleFiles(dialect));
  const config = readConfiguration({
    path: "/server/o.conf",
    text: one.input,
    fileSystem: files,
    dialect,
    serverRoot: "/server",
    environment: { HOME: "/root" },
    before: dialect === "2.4" ? oracleModules.map((name) => `LoadModule ${name} modules/${name}.so`) : [],
  });
  return refusals(config, files);
}

describe.each([
  ["1.3", "httpd13"],
  ["2.4", "httpd24"],
] as const)("What httpd %s accepts and refuses, and on which line", (dialect, server) => {
  const cases = oracleCases();

  test("the recording is there", () => {
    expect(cases).toHaveLength(140);
  });

  test.each(cases.map((one) => [`${one.group}: ${one.name}`, one] as const))("%s", (_title, one) => {
    const verdict = one[server];
    const found = read(dialect, one);
    if (verdict.ok) {
      expect(found).toEqual([]);
      return;
    }
    const [first] = found;
    expect(first).toBeDefined();
    // A missing Include ends 1.3 without a line.
    if (verdict.error_line === undefined) return;
    const line = verdict.error_file === "o.conf" ? (first?.via.at(-1) ?? first?.line) : first?.line;
    expect({ line, message: first?.message }).toEqual({ line: verdict.error_line, message: first?.message });
    if (verdict.error_file !== "o.conf") expect(first?.path).toMatch(new RegExp(`/${verdict.error_file ?? ""}$`));
  });
});
