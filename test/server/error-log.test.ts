import { createErrorLog, readLogLevel } from "../../src/server/error-log.ts";
import type { LogLevel } from "../../src/server/error-log.ts";

function written(
  dialect: "1.3" | "2.4",
  level: LogLevel,
  log: (write: ReturnType<typeof createErrorLog>) => void,
): string {
  let text = "";
  const now = (): Date => new Date(2000, 9, 11, 14, 32, 52, 7);
  log(createErrorLog({ dialect, level, write: (line) => (text += line), pid: 42, now }));
  return text;
}

test("lines have the form of the version", () => {
  const log = (errorLog: ReturnType<typeof createErrorLog>): void => {
    errorLog.log("error", "no such thing", "10.0.0.9");
  };
  expect(written("1.3", "warn", log)).toBe("[Wed Oct 11 14:32:52 2000] [error] [client 10.0.0.9] no such thing\n");
  expect(written("2.4", "warn", log)).toBe(
    "[Wed Oct 11 14:32:52.007000 2000] [backhand:error] [pid 42] [client 10.0.0.9] no such thing\n",
  );
});

test("what a client sent cannot make a line of its own", () => {
  const text = written("1.3", "warn", (errorLog) => {
    errorLog.log("error", 'a"b\n[Wed] \u001b[31m forged');
  });
  expect(text).toBe('[Wed Oct 11 14:32:52 2000] [error] a"b\\n[Wed] \\x1b[31m forged\n');
});

test.each([
  ["error", ["emerg", "error", "notice"]],
  ["warn", ["emerg", "error", "warn", "notice"]],
  ["debug", ["emerg", "error", "warn", "notice", "info", "debug"]],
] as const)("LogLevel %s lets the graver ones through, and notices always", (level, expected) => {
  const text = written("1.3", level, (errorLog) => {
    for (const each of ["emerg", "error", "warn", "notice", "info", "debug"] as const) errorLog.log(each, "x");
  });
  expect(Array.from(text.matchAll(/\] \[(\w+)\]/g), ([, word]) => word)).toEqual(expected);
});

test.each([
  [["Info"], "info"],
  [["ssl:debug", "error"], "error"],
  [["trace4"], "debug"],
  [["nonsense"], "warn"],
  [[], "warn"],
] as const)("LogLevel %j is %s", (args, level) => {
  expect(readLogLevel(args)).toBe(level);
});
