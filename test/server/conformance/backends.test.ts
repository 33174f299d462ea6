import { mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { onStop, startBackend, stopAll } from "../../proxy/support.ts";
import { freeTcpPort, hasProgram } from "../../support/bus-server.ts";
import { startReal } from "../../support/real-server.ts";
import type { RealServer } from "../../support/real-server.ts";
import { describeIf } from "../../support/shared.ts";
import { folderWith } from "../support.ts";
import { curl, fieldOf, hashOf, noise, serveBefore } from "./support.ts";
import type { CurlAnswer } from "./support.ts";

afterEach(stopAll);

const big = noise(8_000_000);
const page = "a line of text\n".repeat(20);
/** More than apache2 waits for before it decides on chunks. */
const long = page.repeat(200);

/** Lets everybody write into its folders, since the servers run without rights. */
function writeSite(folder: string): void {
  const mask = process.umask(0);
  for (const name of ["htdocs/up", "body", "run"]) mkdirSync(join(folder, name), { recursive: true });
  process.umask(mask);
  // Of yesterday: the ETag of a file is a weak one (RFC 9110, 8.8.1) while it is younger than a second.
  const yesterday = new Date(Date.now() - 86_400_000);
  for (const [name, body] of [
    ["page.txt", page],
    ["chunks.shtml", long],
    ["big", big],
  ] as const) {
    const path = join(folder, "htdocs", name);
    writeFileSync(path, body);
    utimesSync(path, yesterday, yesterday);
  }
}

const modules = "/usr/lib/apache2/modules";

/** One that is real: static files, /chunks.shtml in chunks, PUT below /up, 403 at /no, and a page that only it makes for 404. */
interface Kind {
  readonly program: string;
  readonly args: (file: string, folder: string) => readonly string[];
  readonly configure: (folder: string, port: number, behind: number) => string;
}

const kinds: readonly Kind[] = [
  {
    program: "apache2",
    args: (file) => ["-DFOREGROUND", "-f", file],
    configure: (folder, port) => `ServerRoot ${folder}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder}/run/httpd.pid
DefaultRuntimeDir ${folder}/run
ErrorLog ${folder}/error.log
${["mpm_event", "authz_core", "dav", "dav_fs", "include", "filter", "mime", "alias"]
  .map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`)
  .join("\n")}
StartServers 1
ServerLimit 2
ThreadsPerChild 8
MaxRequestWorkers 16
DocumentRoot ${folder}/htdocs
DavLockDB ${folder}/run/locks
TypesConfig /dev/null
LogFormat "%k %>s %r" kept
CustomLog ${folder}/access.log kept
ErrorDocument 404 "none of apache2"
Redirect 403 /no
<Directory ${folder}/htdocs>
Options +Includes
EnableMMAP Off
AddOutputFilter INCLUDES .shtml
</Directory>
<Location /up>
Dav On
</Location>
`,
  },
  {
    program: "nginx",
    args: (file, folder) => ["-c", file, "-p", folder, "-e", `${folder}/error.log`, "-g", "daemon off;"],
    configure: (folder, port) => `pid ${folder}/run/nginx.pid;
worker_processes 1;
events { worker_connections 64; }
http {
  log_format kept "$connection_requests $status $request";
  access_log ${folder}/access.log kept;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/run;
  fastcgi_temp_path ${folder}/run;
  uwsgi_temp_path ${folder}/run;
  scgi_temp_path ${folder}/run;
  client_max_body_size 0;
  server {
    listen 127.0.0.1:${port};
    root ${folder}/htdocs;
    location /up { dav_methods PUT; }
    location = /no { return 403; }
    location = /cut { return 444; }
    location = /chunks.shtml { ssi on; ssi_types *; }
    error_page 404 @none;
    location @none { return 404 "none of nginx"; }
  }
}
`,
  },
  {
    program: "haproxy",
    args: (file) => ["-db", "-f", file],
    configure: (_folder, port, behind) => `defaults
  mode http
  timeout connect 5s
  timeout client 20s
  timeout server 20s
  option http-keep-alive
frontend front
  bind 127.0.0.1:${port}
  http-request return status 403 if { path /no }
  http-request return status 404 content-type text/plain string "none of haproxy" if { path /none }
  http-request reject if { path /cut }
  default_backend behind
backend behind
  server one 127.0.0.1:${behind}
`,
  },
];

/** The site as a Node server, for the one that has no files. */
function site(): (request: IncomingMessage, response: ServerResponse) => void {
  const stored = new Map<string, Buffer>();
  return (request, response) => {
    const parts: Buffer[] = [];
    const { method, url = "", headers } = request;
    request.on("data", (chunk: Buffer) => parts.push(chunk));
    request.on("end", () => {
      if (method === "PUT") {
        stored.set(url, Buffer.concat(parts));
        response.writeHead(201).end();
        return;
      }
      const body = url === "/big" ? big : (stored.get(url) ?? Buffer.from(url === "/chunks.shtml" ? long : page));
      response.setHeader("ETag", '"one"');
      const range = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "");
      if (headers["if-none-match"] === '"one"') response.writeHead(304).end();
      else if (url === "/chunks.shtml") {
        response.write(body.subarray(0, 10));
        response.end(body.subarray(10));
      } else if (range !== null) {
        const [from, to] = [Number(range[1]), Number(range[2])];
        response.writeHead(206, { "Content-Range": `bytes ${from}-${to}/${body.length}` });
        response.end(body.subarray(from, to + 1));
      } else {
        response.setHeader("Content-Length", body.length);
        response.end(method === "HEAD" ? undefined : body);
      }
    });
  };
}

/** What has to be the same with a balancer between. */
const named = ["content-length", "content-range", "etag", "last-modified", "accept-ranges", "transfer-encoding"];

function seen(answer: CurlAnswer): unknown {
  const { exitCode, status, body } = answer;
  return [exitCode, status, hashOf(body), ...named.map((name) => fieldOf(answer, name))];
}

describe.each(kinds)("$program behind serve", ({ program, args, configure }) => {
  describeIf(hasProgram(program), `${program} is not there`)("answers as it does without", () => {
    async function start(): Promise<{ direct: string; through: string; server: RealServer }> {
      const port = await freeTcpPort();
      const behind = await startBackend("behind", site());
      const configured = (folder: string): string => {
        writeSite(folder);
        return configure(folder, port, behind.port);
      };
      const server = await startReal(program, args, configured, port);
      let isOver = false;
      const stop = async (): Promise<void> => {
        if (!isOver) await server.stop();
        isOver = true;
      };
      onStop(stop);
      const serve = await serveBefore(port);
      return {
        direct: `http://127.0.0.1:${port}`,
        through: `http://127.0.0.1:${serve.port}`,
        server: { ...server, stop },
      };
    }

    test("pages, heads, parts, chunks, what is not modified, errors, large bodies", async () => {
      const { direct, through, server } = await start();
      const etag = fieldOf(await curl(`${direct}/page.txt`), "etag") ?? "";
      expect(etag).not.toBe("");
      const requests: readonly (readonly [number, string, ...string[]])[] = [
        [200, "/page.txt"],
        [200, "/page.txt", "-I"],
        [206, "/page.txt", "-r", "5-20"],
        [304, "/page.txt", "-H", `If-None-Match: ${etag}`],
        [200, "/chunks.shtml"],
        [200, "/chunks.shtml", "-I"],
        [200, "/big"],
        [403, "/no"],
        [403, "/no", "-d", "some text"],
        [404, "/none"],
      ];
      for (const [status, path, ...options] of requests) {
        const expected = await curl(...options, `${direct}${path}`);
        const got = await curl(...options, `${through}${path}`);
        expect([path, options, seen(got)]).toEqual([path, options, seen(expected)]);
        expect([path, got.status]).toEqual([path, status]);
      }
      const chunks = await curl(`${through}/chunks.shtml`);
      expect([fieldOf(chunks, "transfer-encoding"), chunks.body.toString() === long]).toEqual(["chunked", true]);
      expect(hashOf((await curl(`${through}/big`)).body)).toBe(hashOf(big));
      if (program !== "haproxy") {
        // Several requests over one connection: the log counts them.
        await new Promise((resolve) => setTimeout(resolve, 1500));
        const kept = readFileSync(join(server.folder.path, "access.log"), "utf8")
          .split("\n")
          .map((line) => parseInt(line, 10) || 0);
        expect(Math.max(...kept)).toBeGreaterThanOrEqual(4);
      }
    });

    test("uploads arrive whole: with a length, in chunks, and after the server was asked", async () => {
      const { direct, through } = await start();
      const file = join(folderWith({}), "big");
      writeFileSync(file, big);
      const ways: readonly (readonly string[])[] = [
        ["-H", "Expect:"],
        ["-H", "Expect:", "-H", "Transfer-Encoding: chunked"],
        ["-H", "Expect: 100-continue"],
      ];
      for (const [index, way] of ways.entries()) {
        const target = `/up/file${index}`;
        const upload = await curl("-T", file, ...way, `${through}${target}`);
        expect([way, upload.exitCode, upload.status]).toEqual([way, 0, 201]);
        expect(/^HTTP\/1\.1 100 /m.test(upload.heads)).toBe(way.includes("Expect: 100-continue"));
        expect(hashOf((await curl(`${direct}${target}`)).body)).toBe(hashOf(big));
      }
    });

    test("an upload that the server refuses when it is asked is not sent", async () => {
      const { direct, through } = await start();
      const file = join(folderWith({}), "big");
      writeFileSync(file, big);
      const ask = ["-T", file, "-H", "Expect: 100-continue", "--expect100-timeout", "20"];
      for (const url of [direct, through]) {
        const answer = await curl(...ask, `${url}/no`);
        expect([url, answer.exitCode, answer.status]).toEqual([url, 0, 403]);
        expect(answer.heads).not.toMatch(/^HTTP\/1\.1 100 /m);
        expect(answer.sentBytes).toBe(0);
      }
    });

    test("an end in the middle of things is an error page or a cut, never a hang", async () => {
      const { through, server } = await start();
      if (program !== "apache2") expect((await curl(`${through}/cut`)).status).toBe(502);
      const half = curl("--limit-rate", "1M", `${through}/big`);
      await new Promise((resolve) => setTimeout(resolve, 500));
      // Asked to end it would wait for the download.
      await server.stop();
      const after = await curl(`${through}/page.txt`);
      expect([502, 503]).toContain(after.status);
      const { exitCode, body } = await half;
      // Whole, or seen to be a part; 28 would be curl's patience.
      expect([0, 18, 56]).toContain(exitCode);
      expect(exitCode !== 0 || hashOf(body) === hashOf(big)).toBe(true);
    });
  });
});
