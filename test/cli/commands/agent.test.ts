import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import type { ListeningView } from "../../support/agent-world.ts";
import { listeningView } from "../../support/agent-world.ts";
import { cliPath, runCli } from "../../support/run-cli.ts";
import { describeIf } from "../../support/shared.ts";
import type { TemporaryFolder } from "../../support/temporary-folder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { until } from "../../support/transport-contract.ts";

describeIf(existsSync(cliPath), "the command is not built")("backhand agent", () => {
  let front: ListeningView;
  let folder: TemporaryFolder;

  beforeEach(async () => {
    front = await listeningView();
    folder = temporaryFolder();
  });
  afterEach(async () => {
    await front.stop();
    folder.remove();
  });

  test("announces what a configuration says, drains and comes back with signals, and ends with 0", async () => {
    const file = folder.write(
      "httpd.conf",
      `Port 8080\nServerName web1\nMulticastStats 127.0.0.3 127.0.0.1:${front.port}\nNonsense\n`,
    );
    const child = spawn(process.execPath, [cliPath, "agent", "--apache", "1.3", "--interval", "100", file], {
      stdio: ["ignore", "ignore", "pipe"],
      env: { PATH: process.env["PATH"] },
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const web1 = () => front.cluster.members().find(({ id }) => id === "web1");
    try {
      await until(() => web1()?.state === "up", "the host", 8000);
      expect(web1()).toMatchObject({ address: "127.0.0.3", port: 8080 });
      child.kill("SIGUSR1");
      await until(() => web1()?.state === "drain", "its draining");
      child.kill("SIGUSR2");
      await until(() => web1()?.state === "up", "its return");
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      expect(await ended).toEqual([0, null]);
      await until(() => web1()?.state === "drain", "its last words");
      expect(said).toContain(`backhand: announces web1 at 127.0.0.3:8080 by unicast 127.0.0.1:${front.port}`);
    } finally {
      child.kill("SIGKILL");
    }
  }, 20_000);

  test.each([
    [[], /Nobody would hear/],
    [["--announce", "nowhere"], /Expected \[own address\] address:port/],
    [["none.conf"], /none\.conf/],
  ])("ends with 2 for %j", async (args, message) => {
    const { code, stderr } = await runCli(["agent", ...args], { cwd: folder.path, timeoutMs: 8000 });
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  test("ends with 1 when it cannot have its secret", async () => {
    const args = ["agent", "--announce", "127.0.0.1:9", "--secret", "none"];
    const { code, stderr } = await runCli(args, { cwd: folder.path, timeoutMs: 8000 });
    expect(stderr).toMatch(/^backhand: Cannot read the secret/);
    expect(code).toBe(1);
  });
});
