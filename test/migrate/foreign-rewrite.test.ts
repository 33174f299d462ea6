import { chmodSync, existsSync } from "node:fs";

import { textOf } from "../../src/migrate/verdict.ts";
import { haproxyServer } from "../../src/migrate/verify/haproxy-sandbox.ts";
import { nginxServer } from "../../src/migrate/verify/nginx-sandbox.ts";
import { probeAgent, sendProbe } from "../../src/migrate/verify/probe.ts";
import { freePorts, startServer, type RunningServer } from "../../src/migrate/verify/real-server.ts";
import { SandboxNetwork } from "../../src/migrate/verify/sandbox-network.ts";
import { describeIf } from "../support/shared.ts";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";
import { rewriteCases, type RewriteRequest } from "./rewrite-cases.ts";
import { hasApache, migrateText, modulesDirectory } from "./support.ts";

const servers = { nginx: nginxServer, haproxy: haproxyServer } as const;

interface Answering {
  readonly port: number;
  readonly running: RunningServer;
}

/** Another program may take a port between the look for a free one and the start. */
async function start(
  program: string,
  make: (ports: readonly number[]) => { readonly args: readonly string[]; readonly port: number },
): Promise<Answering> {
  let said = "";
  for (let round = 0; round < 4; round += 1) {
    const { args, port } = make(await freePorts(3));
    const running = await startServer(program, args, port);
    if (!("refused" in running)) return { port, running };
    said = running.refused;
  }
  throw new Error(`${program} does not start: ${said}`);
}

/** The rules as they were, run by the server that they were written for. */
function apache(text: string, folder: TemporaryFolder): Promise<Answering> {
  return start("/usr/sbin/apache2", ([port = 0]) => {
    const modules = ["mpm_event", "authz_core", "authz_host", "rewrite", "alias"].map(
      (name) => `LoadModule ${name}_module ${modulesDirectory}/mod_${name}.so`,
    );
    const own = text
      .replace("Listen 80\n", `Listen 127.0.0.1:${port}\n`)
      .replaceAll("*:80", `*:${port}`)
      .replace("/etc/apache", folder.path)
      .replace("/srv/none", folder.path);
    const lines = [...modules, `PidFile ${folder.path}/pid`, `ErrorLog ${folder.path}/error`, "Mutex posixsem", own];
    const file = folder.write("apache/httpd.conf", lines.join("\n"));
    return { args: ["-DFOREGROUND", "-f", file], port };
  });
}

function foreign(name: keyof typeof servers, output: string, folder: TemporaryFolder): Promise<Answering> {
  const server = servers[name];
  return start(server.program, (ports) => {
    const network = new SandboxNetwork(ports);
    const file = folder.write(`${name}/conf`, server.sandbox(output, folder.path, network));
    return { args: server.args(file, folder.path), port: network.port(80) };
  });
}

/** What a rule answers: a status and the whole URL; what none answers just goes on. */
async function ask(port: number, request: RewriteRequest, agent: ReturnType<typeof probeAgent>): Promise<string> {
  const { host, path, method = "GET", headers = {} } = request;
  const answer = await sendProbe({ ip: "127.0.0.1", port, host, path, method, client: "127.0.0.1", headers }, agent);
  const { status, location } = answer;
  if (location !== null) return `${status} ${new URL(location, `http://${host}`).href.replace(`:${port}`, "")}`;
  return status === 403 || status === 410 ? String(status) : "goes on";
}

describe.each(["nginx", "haproxy"] as const)("%s", (name) => {
  const isThere = hasApache && existsSync(servers[name].program);
  describeIf(isThere, `apache2 or ${name} is not there`)("answers what mod_rewrite itself answers", () => {
    test.each(rewriteCases)("$title", async ({ text, requests, lost = 0 }) => {
      const { migration } = migrateText(text, { to: name, dialect: "2.4" });
      const said = migration.lines.flatMap(({ text: line, verdict }) =>
        /^\s*Rewrite/.test(line) && verdict.kind === "dropped" && verdict.decides ? [`${line}: ${verdict.why}`] : [],
      );
      expect(said).toHaveLength(lost);
      const [main] = migration.files;
      const output = main === undefined ? "" : textOf(main);
      const folder = temporaryFolder();
      chmodSync(folder.path, 0o755);
      const agent = probeAgent();
      const running: RunningServer[] = [];
      try {
        const old = await apache(text, folder);
        running.push(old.running);
        const now = await foreign(name, output, folder);
        running.push(now.running);
        const answers: (readonly [string, string])[] = [];
        for (const request of requests) {
          const what = JSON.stringify(request);
          answers.push([await ask(old.port, request, agent), await ask(now.port, request, agent)]);
          expect([what, answers.at(-1)?.[1]]).toEqual([what, answers.at(-1)?.[0]]);
        }
        // Rules that no request meets prove nothing.
        expect(answers.some(([before]) => before !== "goes on")).toBe(true);
      } finally {
        agent.destroy();
        for (const one of running) await one.stop();
        folder.remove();
      }
    });
  });
});
