import { once } from "node:events";
import { chmodSync } from "node:fs";
import { createServer, request as send, type IncomingMessage, type Server } from "node:http";
import { buffer } from "node:stream/consumers";

import { textOf, type JudgedLine } from "../../src/migrate/verdict.ts";
import { haproxyServer } from "../../src/migrate/verify/haproxy-sandbox.ts";
import { nginxServer } from "../../src/migrate/verify/nginx-sandbox.ts";
import { freePorts, type RunningServer } from "../../src/migrate/verify/real-server.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { FILES, startApache, startForeign } from "./real-servers.ts";
import { migrateText } from "./support.ts";

export const foreignServers = { nginx: nginxServer, haproxy: haproxyServer } as const;
export type ForeignName = keyof typeof foreignServers;

/** One request of a scene. */
export interface SceneRequest {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes of a body. */
  readonly length?: number;
}

/** What came back, in a form that two servers can share. */
export interface SceneAnswer {
  readonly status: number;
  /** Values of one name on one line, as RFC 9110 reads them. */
  readonly fields: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Scene {
  /** Lines behind Listen, ServerName and DocumentRoot; BACK is the address of the server behind, EMPTY one where nobody is. */
  readonly lines: string;
  /** Files below the document root. */
  readonly files?: Readonly<Record<string, string>>;
  readonly modules?: readonly string[];
  /** Whether the output says where clients come from; else a field of the sandbox does. */
  readonly ownClients?: boolean;
  /** Whether its programs are run; else the sandbox answers for them. */
  readonly ownPrograms?: boolean;
}

/** The old server and the new one side by side. */
export interface RunningScene {
  readonly judged: readonly JudgedLine[];
  readonly output: string;
  readonly ask: (request: SceneRequest) => Promise<{ readonly before: SceneAnswer; readonly after: SceneAnswer }>;
  readonly stop: () => Promise<void>;
}

/** Starts apache2 with the lines and the target with what becomes of them. */
export async function startScene(
  name: ForeignName,
  { lines, files = {}, modules = [], ownClients = false, ownPrograms = false }: Scene,
): Promise<RunningScene> {
  const [behind = 0, empty = 0] = await freePorts(2);
  const own = lines.replaceAll("BACK", `127.0.0.1:${behind}`).replaceAll("EMPTY", `127.0.0.1:${empty}`);
  const source = `Listen 80\nServerRoot /etc/apache\nServerName a.example\nDocumentRoot /srv/none\n${own}\n`;
  const { migration } = migrateText(source, { to: name, dialect: "2.4" });
  const [main] = migration.files;
  const output = main === undefined ? "" : textOf(main);
  const folder = temporaryFolder();
  chmodSync(folder.path, 0o755);
  folder.write(`${FILES}/index.html`, "index");
  for (const [path, text] of Object.entries(files)) folder.write(`${FILES}/${path}`, text);
  const origin = await originAt(behind);
  const running: RunningServer[] = [];
  const stop = async (): Promise<void> => {
    for (const one of running) await one.stop();
    origin.close();
    folder.remove();
  };
  try {
    const old = await startApache(`TypesConfig /etc/mime.types\n${source}`, folder, [
      ...["proxy", "proxy_http", "mime", "setenvif", "env"],
      ...modules,
    ]);
    running.push(old.running);
    const now = await startForeign(foreignServers[name], output, folder, (sandboxed) => {
      const asked = ownPrograms ? withPrograms(toOrigin(sandboxed, output), output) : toOrigin(sandboxed, output);
      if (!ownClients) return asked;
      const clients = output.match(/^ +(?:set_real_ip_from|real_ip_\w+) .*;$/gm) ?? [];
      return asked.replace(/^ +server \{$/m, (line) => [line, ...clients].join("\n"));
    });
    running.push(now.running);
    const ask = async (request: SceneRequest) => ({
      before: await answerOf(old.port, request, folder.path),
      after: await answerOf(now.port, request, folder.path),
    });
    return { judged: migration.lines, output, ask, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The lines about programs as they are in the output. */
function withPrograms(sandboxed: string, output: string): string {
  const own = [
    ...output.matchAll(
      /(?:^ +(?:fastcgi_split|set \$backhand_path|try_files \$fastcgi|if \(!-f \$req).*\n)+(?:^ +fastcgi_param .*\n)*^ +fastcgi_pass .*;$/gm,
    ),
  ];
  return sandboxed.replaceAll("try_files /.backhand-none =501;", () => own.shift()?.[0] ?? "");
}

/** The sandbox asks one server for all; here those of the output are asked. */
function toOrigin(sandboxed: string, output: string): string {
  const targets = [...output.matchAll(/proxy_pass (http:\/\/127[^;]*);/g)].map(([, url = ""]) => url);
  const members = [...output.matchAll(/^ +server s\d+ (127\S*)/gm)].map(([, address = ""]) => address);
  return sandboxed
    .replaceAll(
      /proxy_pass http:\/\/127\.0\.0\.1:\d+;\s*proxy_set_header X-Backhand\S* "relayed\.";/g,
      () => `proxy_pass ${targets.shift() ?? ""};`,
    )
    .replaceAll(/(server s\d+) 127\.0\.0\.1:\d+/g, (_, start: string) => `${start} ${members.shift() ?? ""}`);
}

/** Answers with the fields that the query names, and tells what was asked. */
async function originAt(port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://x");
    response.statusCode = Number(url.searchParams.get("status") ?? 200);
    for (const [name, value] of url.searchParams) if (name !== "status") response.appendHeader(name, value);
    if (!response.hasHeader("content-type")) response.setHeader("Content-Type", "text/plain");
    const fields = Object.entries(request.headers).filter(([key]) => /^x-(?!forwarded|backhand|real)/.test(key));
    const wait = /^\/slow/.test(url.pathname) ? 1800 : 0;
    setTimeout(() => response.end(JSON.stringify([url.pathname, fields.sort()])), wait);
  }).listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

const compared =
  /^(?:x-(?!query|backhand).*|cache-control|expires|vary|etag|last-modified|content-type|set-cookie|location|content-encoding|content-disposition)$/;

async function answerOf(port: number, request: SceneRequest, folder: string): Promise<SceneAnswer> {
  const { path, method = "GET", headers = {} } = request;
  const sent = send({
    host: "127.0.0.1",
    port,
    path,
    method,
    agent: false,
    headers: { Host: "a.example", ...headers },
  });
  sent.end("x".repeat(request.length ?? 0));
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  const body = (await buffer(answer)).toString("latin1").replaceAll(folder, "");
  const fields: Record<string, string> = {};
  for (let at = 0; at + 1 < answer.rawHeaders.length; at += 2) {
    const name = answer.rawHeaders[at]?.toLowerCase() ?? "";
    const value = answer.rawHeaders[at + 1] ?? "";
    if (compared.test(name)) fields[name] = name in fields ? `${fields[name] ?? ""}, ${value}` : value;
  }
  return { status: answer.statusCode ?? 0, fields: sorted(fields), body };
}

/** Names and the elements of values in one order, since whose stand first says nothing. */
function sorted(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const entries = Object.entries(fields).map(([name, value]) => {
    const isDate = name === "expires" || name === "last-modified";
    return [name, isDate ? value : value.split(", ").sort().join(", ")] as const;
  });
  return Object.fromEntries(entries.sort());
}
