import { runCli } from "../support/run-cli.ts";

describe("backhand demo", () => {
  test("--once balances, survives a killed backend, and takes it back", async () => {
    const run = await runCli(["demo", "--once"], { timeoutMs: 45_000 });
    expect(run.stdout).not.toContain("FAIL");
    expect(run.stdout).toContain("All is well.");
    expect(run.code).toBe(0);
  }, 60_000);

  test("two demos run beside each other", async () => {
    const runs = await Promise.all([runCli(["demo", "--once"]), runCli(["demo", "--once"])]);
    for (const run of runs) {
      expect(run.stdout).toContain("All is well.");
      expect(run.code).toBe(0);
    }
  }, 90_000);
});
