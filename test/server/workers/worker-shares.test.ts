import { checkServer } from "../../../src/server/check-server.ts";
import { shareProblems } from "../../../src/server/workers/worker-shares.ts";
import { compileText } from "../../support/compile-text.ts";

const tableOf = (lines: string) => compileText(`Listen 127.0.0.1:1\n${lines}`, "1.3").table;

test("a limit of which some worker would have no part is named with its line", () => {
  const table = tableOf("BackhandMaxInflight 9\nBackhandMaxInflight 3\nMaxClients 2\n");
  expect(shareProblems(table, 4)).toEqual([
    expect.stringMatching(/^BackhandMaxInflight 3 \(.*:3\) leaves nothing for some of 4 workers: /),
    expect.stringMatching(/^MaxClients 2 \(.*:4\) leaves nothing for some of 4 workers: /),
  ]);
  expect(shareProblems(table, 3)).toHaveLength(1);
  expect(shareProblems(table, 2)).toEqual([]);
  expect(shareProblems(tableOf(""), 256)).toEqual([]);
  expect(shareProblems(tableOf("MaxClients 1\n"), 1)).toEqual([]);
});

test("serve --check says so, for the workers of the configuration or of the command line", async () => {
  const table = { ...tableOf("BackhandMaxInflight 3\nBackhandWorkers 4\n"), listen: [] };
  const errors = async (workers?: number) =>
    (await checkServer(table, workers)).flatMap(({ severity, message }) => (severity === "error" ? [message] : []));
  expect(await errors()).toEqual([expect.stringMatching(/^BackhandMaxInflight 3 \(.*:2\) leaves nothing/)]);
  expect(await errors(2)).toEqual([]);
});
