import { createSocket } from "node:dgram";
import { once } from "node:events";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { createServer, request as send, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

import { haproxyServer } from "../../src/migrate/verify/haproxy-sandbox.ts";
import { nginxServer } from "../../src/migrate/verify/nginx-sandbox.ts";
import { freePorts } from "../../src/migrate/verify/real-server.ts";
import { describeIf } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { FILES, startApache, startForeign } from "./real-servers.ts";
import { hasApache, migrateText } from "./support.ts";

const FORMAT = String.raw`%h %l %u \"%r\" %>s %b %B \"%{Referer}i\" \"%{User-Agent}i\" %m %U %H %T %%`;

async function ask(port: number, path: string, method = "GET"): Promise<void> {
  const headers = { Host: "a.example", Referer: "http://b.example/" };
  const sent = send({ host: "127.0.0.1", port, path, method, agent: false, headers });
  sent.end();
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  await text(answer);
}

/** What httpd and nginx say of a page that is missing has different lengths. */
const requests = [
  ["/a.txt", "GET"],
  ["/a.txt?x=%20y", "HEAD"],
  ["/empty.txt", "GET"],
] as const;

describeIf(hasApache && existsSync(nginxServer.program), "apache2 or nginx is not there")("access logs", () => {
  test("nginx writes the very lines of httpd", async () => {
    const folder = temporaryFolder();
    folder.write(`${FILES}/a.txt`, "some text");
    folder.write(`${FILES}/empty.txt`, "");
    chmodSync(folder.path, 0o777);
    const source = `Listen 80\nServerRoot /etc/apache\nServerName a.example\nDocumentRoot /srv/none\nLogFormat "${FORMAT}" mine\nCustomLog ${folder.path}/old.log mine\n`;
    const { text: output } = migrateText(source, { to: "nginx", dialect: "2.4" });
    expect(output).toContain('access_log "/var/log/nginx/old.log" httpd_mine;');
    const old = await startApache(source, folder);
    const now = await startForeign(nginxServer, output, folder, (sandboxed) =>
      sandboxed
        .replace("access_log off;", "")
        .replace(
          /^(log_format .*)$|^(\s+log_format .*)$/m,
          (line) => `${line}\naccess_log ${folder.path}/new.log httpd_mine;`,
        ),
    );
    try {
      for (const [path, method] of requests) for (const { port } of [old, now]) await ask(port, path, method);
    } finally {
      await old.running.stop();
      await now.running.stop();
    }
    const lines = (name: string): readonly string[] =>
      readFileSync(`${folder.path}/${name}`, "utf8")
        .split("\n")
        .filter((line) => line.includes(".txt"));
    expect(lines("new.log")).toHaveLength(requests.length);
    expect(lines("new.log")).toEqual(lines("old.log"));
    folder.remove();
  });

  test.each([
    ["%D", "%D"],
    ["%U%q", "%q"],
    ["%{UNIQUE_ID}e", "%{UNIQUE_ID}e"],
    ["%400{Referer}i", "%400{Referer}i"],
    ["cost: $5", "$"],
  ])("a format with %s is not written, and the report names it", (format, named) => {
    const source = `Listen 80\nCustomLog logs/x "%h ${format}"\n`;
    const { text: output, migration } = migrateText(source, { to: "nginx", dialect: "2.4" });
    expect(output).not.toContain("access_log");
    expect(migration.lines[1]?.verdict).toMatchObject({ kind: "dropped", why: expect.stringContaining(named) });
  });
});

const RELAYED = String.raw`%h %l %u \"%r\" %>s \"%{Referer}i\" %{X-None}i %m %q %H %v %p %% %{X-Kind}o|%{a}C`;

describeIf(hasApache && existsSync(haproxyServer.program), "apache2 or haproxy is not there")("logs of HAProxy", () => {
  test("have the very lines of httpd", async () => {
    const folder = temporaryFolder();
    folder.write(`${FILES}/index.html`, "index");
    chmodSync(folder.path, 0o777);
    const [behind = 0] = await freePorts(1);
    const origin = createServer((_request, response) => response.setHeader("X-Kind", 'of "origin"').end("x"));
    await once(origin.listen(behind, "127.0.0.1"), "listening");
    const said: string[] = [];
    const socket = createSocket("udp4").on("message", (message) => said.push(message.toString("latin1").trim()));
    await once(socket.bind(0, "127.0.0.1"), "listening");
    const source = `Listen 80\nServerRoot /etc/apache\nServerName a.example\nDocumentRoot /srv/none\nProxyPass / http://127.0.0.1:${behind}/\nLogFormat "${RELAYED}" mine\nCustomLog ${folder.path}/old.log mine\n`;
    const { text: output, migration } = migrateText(source, { to: "haproxy", dialect: "2.4" });
    expect(migration.lines[6]?.verdict).toMatchObject({ kind: "changed", why: expect.stringContaining("old.log") });
    const old = await startApache(source.replace(" %p ", " 80 "), folder, ["proxy", "proxy_http"]);
    const now = await startForeign(haproxyServer, output, folder, (sandboxed) =>
      sandboxed.replace(/(server s1) \S+/, `$1 127.0.0.1:${behind}`).replace(/^ *log-format .*$/m, (line) => {
        const format = line.replaceAll("%fp", "80");
        return `log 127.0.0.1:${socket.address().port} format raw local0\n${format}`;
      }),
    );
    const asked = [
      ["/a.txt", "GET"],
      ["/b?x=%20y&'z'", "HEAD"],
      ["/c%25", "POST"],
    ] as const;
    try {
      for (const [path, method] of asked) for (const { port } of [old, now]) await ask(port, path, method);
      for (let waits = 0; said.length < asked.length && waits < 100; waits += 1)
        await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      await old.running.stop();
      await now.running.stop();
      origin.close();
      socket.close();
    }
    const lines = readFileSync(`${folder.path}/old.log`, "utf8")
      .split("\n")
      .filter((line) => line.includes("HTTP/"));
    expect(lines.filter((line) => line.includes("a.example"))).toHaveLength(asked.length);
    // httpd writes a backslash before a quote in a field.
    const same = (line: string): string => line.replaceAll("\\", "");
    expect(said.map(same)).toEqual(lines.filter((line) => line.includes("a.example")).map(same));
    folder.remove();
  });

  test("have the names of their files in front where hosts have several", () => {
    const hosts = ["a", "b", "c"].map(
      (name) =>
        `<VirtualHost *:80>\nServerName ${name}.example\n${name === "c" ? 'CustomLog logs/c "%h %D"' : `CustomLog logs/${name} "%h %r"`}\n</VirtualHost>`,
    );
    const { text: output, migration } = migrateText(`Listen 80\n${hosts.join("\n")}\n`, {
      to: "haproxy",
      dialect: "2.4",
    });
    expect(output).toContain("log-format %[var(txn.log)]\\ %ci\\ %r\n");
    expect(output).toContain("http-request set-var(txn.log) str(logs/b) if { var(txn.host) -m int 2 }\n");
    expect(output).toContain("http-request set-log-level silent if { var(txn.host) -m int 3 }\n");
    expect(migration.lines.find(({ text }) => text.includes("logs/c"))?.verdict).toMatchObject({
      kind: "dropped",
      why: expect.stringMatching(/%D.*logs\/c/),
    });
  });
});

describe("LogLevel of a host without an ErrorLog of its own", () => {
  const output = (errorLog: string): ReturnType<typeof migrateText> =>
    migrateText(
      `Listen 80\n${errorLog}\n<VirtualHost *:80>\nServerName a.example\nLogLevel debug\n</VirtualHost>\n<VirtualHost *:80>\nServerName b.example\n</VirtualHost>\n`,
      { to: "nginx", dialect: "2.4" },
    );

  test.each([
    ["ErrorLog logs/errors", "errors"],
    ["", "error.log"],
    ['ErrorLog "|/bin/log"', "error.log"],
  ])("stands with the file of the server for nginx: %s", (line, file) => {
    const { text, migration } = output(line);
    expect(text.match(/error_log "[^"]*" debug;/g)).toEqual([`error_log "/var/log/nginx/${file}" debug;`]);
    expect(migration.lines.find((one) => one.text === "LogLevel debug")?.verdict.kind).toBe("folded");
  });
});
