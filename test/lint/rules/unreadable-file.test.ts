import { memoryFileSystem } from "../../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../../src/config/read.ts";
import { lint } from "../../../src/lint/lint.ts";
import { unreadableFile } from "../../../src/lint/rules/unreadable-file.ts";
import { testRule } from "../test-rule.ts";

testRule(unreadableFile, {
  accept: {
    "a file": { config: "Include /a.conf\n", files: { "/a.conf": "" } },
    "a missing file, which is another rule's": "Include /nope.conf\n",
  },
  reject: {},
});

test.each(["1.3", "2.4"] as const)("an included file without permission stops httpd %s", (dialect) => {
  const files = memoryFileSystem({ "/main.conf": "Include /secret.conf\n", "/secret.conf": "" });
  const fileSystem = {
    ...files,
    readFile(path: string): Uint8Array {
      if (path === "/secret.conf") throw Object.assign(new Error("EACCES"), { code: "EACCES" });
      return files.readFile(path);
    },
  };
  const config = readConfiguration({ path: "/main.conf", fileSystem, dialect, serverRoot: "/" });
  const [main] = lint(config, { rules: [unreadableFile], severities: new Map() }).files;
  expect(main?.diagnostics).toMatchObject([{ rule: "unreadable-file", line: 1, fatal: true, severity: "error" }]);
  expect(main?.diagnostics[0]?.message).toContain("permission");
});
