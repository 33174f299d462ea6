import { once } from "node:events";
import { chmodSync, existsSync } from "node:fs";
import { request as send, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

import { textOf } from "../../src/migrate/verdict.ts";
import { haproxyServer } from "../../src/migrate/verify/haproxy-sandbox.ts";
import { nginxServer } from "../../src/migrate/verify/nginx-sandbox.ts";
import type { RunningServer } from "../../src/migrate/verify/real-server.ts";
import { describeIf } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { rewriteCases, type RewriteRequest } from "./rewrite-cases.ts";
import { FILES, startApache, startForeign } from "./real-servers.ts";
import { hasApache, migrateText } from "./support.ts";

const servers = { nginx: nginxServer, haproxy: haproxyServer } as const;

/** Says what the query has become, and without files which one would be sent. */
function stamped(name: keyof typeof servers, text: string): string {
  return name === "nginx"
    ? text.replaceAll("server {\n", "server {\nadd_header X-Query $args always;\n")
    : text.replace(
        "http-request return status 404",
        'http-request return status 200 hdr X-Query "%[query]" content-type text/plain lf-string "%[path,url_dec]"',
      );
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
      for (const file of files) folder.write(`${FILES}${file}`, file);
      folder.write(`${FILES}/index.html`, "index");
      const running: RunningServer[] = [];
      try {
        const old = await startApache(source, folder);
        running.push(old.running);
        const now = await startForeign(servers[name], stamped(name, output), folder);
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
