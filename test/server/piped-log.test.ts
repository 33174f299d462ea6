import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkServer } from "../../src/server/check-server.ts";
import { logProgram, openPipedLog } from "../../src/server/piped-log.ts";
import { eventually, stopAll } from "../proxy/support.ts";
import { compileText } from "../support/compile-text.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { ask, startTestServer } from "./support.ts";

afterEach(stopAll);

const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, "utf8") : "");

describe("the program of a log line", () => {
  const shell = (command: string) => ({ file: "/bin/sh", args: ["-c", command] });
  test.each([
    ["|/bin/rotatelogs /l/%Y 86400", "1.3", shell("/bin/rotatelogs /l/%Y 86400")],
    ["|/bin/a | b", "2.2", shell("/bin/a | b")],
    ["||/bin/a x", "2.2", { file: "/bin/a", args: ["x"] }],
    ["|/bin/a $x;y", "2.4", { file: "/bin/a", args: ["$x;y"] }],
    ["||/bin/a x", "2.4", { file: "/bin/a", args: ["x"] }],
    ["|$/bin/a x", "2.4", shell("/bin/a x")],
    [`| "/my logs/a" 'x y' "a\\"b" c\\ d`, "2.4", { file: "/my logs/a", args: ["x y", 'a"b', "c d"] }],
    ["|", "2.4", null],
    ["|$ ", "2.4", null],
  ] as const)("%s of %s", (word, dialect, expected) => {
    expect(logProgram(word, dialect)).toEqual(expected);
  });
});

test("lines of requests and messages go to programs, the last ones too", async () => {
  const { port, server, folder } = await startTestServer(
    'CustomLog "|cat > FOLDER/access" "%U %>s"\nErrorLog "|cat > FOLDER/errors"\n' +
      "<Location /closed>\nOrder deny,allow\nDeny from all\n</Location>\n",
  );
  expect(server.notHonoured).toEqual([]);
  await ask(port, "/");
  await ask(port, "/closed/x");
  await server.close();
  expect(textOf(join(folder, "access"))).toBe("/index.html 200\n/closed/x 403\n");
  expect(textOf(join(folder, "errors"))).toContain("client denied");
});

test("a program that ends is started again, and no line that waited is lost", async () => {
  const folder = temporaryFolder();
  const told: string[] = [];
  const file = join(folder.path, "lines");
  const log = openPipedLog({ file: "/bin/sh", args: ["-c", `read x; echo "$x" >> ${file}`] }, (text) =>
    told.push(text),
  );
  try {
    log.write("one\n");
    await eventually(() => textOf(file) === "one\n", "the first line");
    await eventually(() => told.length > 0, "its end");
    log.write("two\n");
    await eventually(() => textOf(file) === "one\ntwo\n", "the second line");
    expect(told[0]).toBe("The log program /bin/sh has ended (0); it is started again");
  } finally {
    await log.close();
    folder.remove();
  }
});

test("a program that cannot be run is told, and does no harm", async () => {
  const told: string[] = [];
  const log = openPipedLog({ file: "/nowhere/rotatelogs", args: [] }, (text) => told.push(text));
  log.write("one\n");
  await eventually(() => told.some((text) => text.includes("/nowhere/rotatelogs cannot be run")), "why");
  await log.close();
});

test("serve --check names a program that is not there", async () => {
  const { table } = compileText('Listen 127.0.0.1:1\nCustomLog "|/nowhere/rotatelogs x" common\nErrorLog "|"\n', "2.4");
  const findings = await checkServer({ ...table, listen: [] });
  const messages = findings.filter(({ severity }) => severity === "error").map(({ message }) => message);
  expect(messages).toEqual([
    expect.stringMatching(/^Cannot run \/nowhere\/rotatelogs, the CustomLog \(.*:2\)/),
    expect.stringMatching(/^Expected a program behind \| in ErrorLog \(.*:3\)/),
  ]);
});

test("a program that does not end with its input is ended", async () => {
  const log = openPipedLog({ file: "/bin/sh", args: ["-c", "exec sleep 60"] }, () => undefined);
  await log.close();
}, 10_000);
