import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nginxServer } from "../../../src/migrate/verify/nginx-sandbox.ts";
import { cliPath } from "../../support/run-cli.ts";
import { describeIf } from "../../support/shared.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { until } from "../../support/transport-contract.ts";

/** Processes that were started with a text among their words. */
function processesOf(text: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      try {
        const words = readFileSync(`/proc/${id}/cmdline`, "utf8");
        return words.includes(text) ? [words.replaceAll("\0", " ")] : [];
      } catch {
        return [];
      }
    });
}

const isThere = existsSync(cliPath) && existsSync(nginxServer.program) && existsSync("/proc/self/cmdline");

describeIf(isThere, "the command is not built, or nginx is not there")("backhand migrate --verify", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "that is ended by %s leaves no server and no folder behind, and writes nothing",
    async (signal, code) => {
      const folder = temporaryFolder();
      const places = join(folder.path, "places");
      mkdirSync(places);
      const paths = Array.from(
        { length: 400 },
        (_, at) => `<Location /p${at}>\nDeny from 10.0.0.${at % 250}\n</Location>\n`,
      );
      const file = folder.write("httpd.conf", `Listen 80\nServerName a.example\nDocumentRoot /srv\n${paths.join("")}`);
      const out = join(folder.path, "out");
      const words = [cliPath, "migrate", file, "--to", "nginx", "--verify", "-o", out];
      const child = spawn(process.execPath, words, {
        stdio: "ignore",
        env: { PATH: process.env["PATH"], TMPDIR: places },
      });
      try {
        const ended = once(child, "exit");
        await until(() => processesOf(places).length > 0, "its server", 20_000);
        child.kill(signal);
        expect(await ended).toEqual([code, null]);
        await until(() => processesOf(places).length === 0, "the end of its server");
        expect(readdirSync(places)).toEqual([]);
        expect(existsSync(out)).toBe(false);
      } finally {
        child.kill("SIGKILL");
        folder.remove();
      }
    },
    40_000,
  );
});
