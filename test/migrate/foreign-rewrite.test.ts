import { once } from "node:events";
import { chmodSync, existsSync } from "node:fs";
import { request as send, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

import { textOf } from "../../src/migrate/verdict.ts";
import { haproxyServer } from "../../src/migrate/verify/haproxy-sandbox.ts";
import { nginxServer } from "../../src/migrate/verify/nginx-sandbox.ts";
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
function apache(source: string, folder: TemporaryFolder): Promise<Answering> {
  return start("/usr/sbin/apache2", ([port = 0]) => {
    const modules = ["mpm_event", "authz_core", "authz_host", "rewrite", "alias", "headers", "dir"].map(
      (name) => `LoadModule ${name}_module ${modulesDirectory}/mod_${name}.so`,
    );
    const own = source
      .replace("Listen 80\n", `Listen 127.0.0.1:${port}\n`)
      .replaceAll("*:80", `*:${port}`)
      .replace("/etc/apache", folder.path)
      .replaceAll("/srv/none", `${folder.path}/files/srv/none`);
    const query = 'Header always set X-Query "expr=%{QUERY_STRING}"';
    const lines = [
      ...modules,
      `PidFile ${folder.path}/pid`,
      `ErrorLog ${folder.path}/error`,
      "Mutex posixsem",
      query,
      own,
    ];
    const file = folder.write("apache/httpd.conf", lines.join("\n"));
    return { args: ["-DFOREGROUND", "-f", file], port };
  });
}

function foreign(name: keyof typeof servers, output: string, folder: TemporaryFolder): Promise<Answering> {
  const server = servers[name];
  return start(server.program, (ports) => {
    const network = new SandboxNetwork(ports);
    const stamped =
      name === "nginx"
        ? output.replaceAll("server {\n", "server {\nadd_header X-Query $args always;\n")
        : output.replace(
            "http-request return status 404",
            'http-request return status 200 hdr X-Query "%[query]" content-type text/plain lf-string "%[path,url_dec]"',
          );
    const file = folder.write(`${name}/conf`, server.sandbox(stamped, folder.path, network));
    return { args: server.args(file, folder.path), port: network.port(80) };
  });
}

/** What a rule answers: a status and the whole URL, or the file with the query; what none answers just goes on. */
async function ask(port: number, request: RewriteRequest, files: ReadonlySet<string>): Promise<string> {
  const { host, path, method = "GET", headers = {} } = request;
  const sent = send({ host: "127.0.0.1", port, path, method, agent: false, headers: { Host: host, ...headers } });
  sent.end();
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  const body = await text(answer);
  const { statusCode: status = 0 } = answer;
  const { location, "x-query": query = "" } = answer.headers;
  if (status === 200) return files.has(body) ? `${body}?${String(query)}` : "goes on";
  if (location !== undefined) return `${status} ${new URL(location, `http://${host}`).href.replace(`:${port}`, "")}`;
  return status === 403 || status === 410 ? String(status) : "goes on";
}

describe.each(["nginx", "haproxy"] as const)("%s", (name) => {
  const isThere = hasApache && existsSync(servers[name].program);
  describeIf(isThere, `apache2 or ${name} is not there`)("answers what mod_rewrite itself answers", () => {
    test.each(rewriteCases)("$title", async ({ text: source, requests, lost = 0, files: names = [] }) => {
      const { migration } = migrateText(source, { to: name, dialect: "2.4" });
      const said = migration.lines.flatMap(({ text: line, verdict }) =>
        /^\s*Rewrite/.test(line) && verdict.kind === "dropped" && verdict.decides ? [`${line}: ${verdict.why}`] : [],
      );
      expect(said).toHaveLength(typeof lost === "number" ? lost : lost[name]);
      const [main] = migration.files;
      const output = main === undefined ? "" : textOf(main);
      const folder = temporaryFolder();
      chmodSync(folder.path, 0o755);
      const files = new Set(names.map((file) => `/${file}`));
      for (const file of files) folder.write(`files/srv/none${file}`, file);
      folder.write("files/srv/none/index.html", "index");
      const running: RunningServer[] = [];
      try {
        const old = await apache(source, folder);
        running.push(old.running);
        const now = await foreign(name, output, folder);
        running.push(now.running);
        const answers: (readonly [string, string])[] = [];
        for (const request of requests) {
          const what = JSON.stringify(request);
          const before = await ask(old.port, request, files);
          // What is lost leads nowhere else; what was refused still is, and what went on does.
          if (said.length > 0 && !/^(?:403|410|goes on)$/.test(before)) continue;
          answers.push([before, await ask(now.port, request, files)]);
          expect([what, answers.at(-1)?.[1]]).toEqual([what, answers.at(-1)?.[0]]);
        }
        // Rules that no request meets prove nothing.
        expect(said.length > 0 || answers.some(([before]) => before !== "goes on")).toBe(true);
      } finally {
        for (const one of running) await one.stop();
        folder.remove();
      }
    });
  });
});
