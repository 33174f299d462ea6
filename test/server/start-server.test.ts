import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect, createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { startServer } from "../../src/server/start-server.ts";
import { eventually, exchangeRaw, startBackend, startRawBackend, stopAll } from "../proxy/support.ts";
import { createCachedFileFacts } from "../../src/server/cached-file-facts.ts";
import { ask, clusterLines as accept, folderWith, startTestServer, tableOf, type Answer } from "./support.ts";

afterEach(stopAll);

const balanced = `${accept}<Location /app>\nBackhand byRandom\nBackhand removeSelf\n</Location>\n`;

describe("files of this machine", () => {
  const files = {
    "htdocs/a.txt": "text",
    "htdocs/sub/index.htm": "sub",
    "htdocs/empty/x": "x",
    "htdocs/.htaccess": "secret",
    "htdocs/x.php": "<?php secret",
    "htdocs/page.phtml.en": "secret",
    "htdocs/run.cgi": "secret",
    "cgi/prog": "secret",
    "outside.txt": "secret",
  };
  const configuration = `
DirectoryIndex none.html index.html index.htm
AddType application/x-httpd-php .php .phtml
AddHandler cgi-script .cgi
AddType text/x-special .spc
ScriptAlias /cgi/ FOLDER/cgi/
<Directory />
AllowOverride None
</Directory>
<Location /private>
Order deny,allow
Deny from all
</Location>
Redirect permanent /old http://other.example/new
`;

  test.each([
    ["GET", "/", 200, "home\n"],
    ["GET", "/a.txt", 200, "text"],
    ["HEAD", "/a.txt", 200, ""],
    ["GET", "/sub/", 200, "sub"],
    ["GET", "/sub", 301, null],
    ["GET", "/empty/", 403, null],
    ["GET", "/missing", 404, null],
    ["GET", "/a.txt/more", 404, null],
    ["POST", "/a.txt", 200, "text"],
    ["PUT", "/a.txt", 405, null],
    ["OPTIONS", "/a.txt", 200, ""],
    ["TRACE", "/a.txt", 405, null],
    ["GET", "/.htaccess", 403, null],
    ["GET", "/x.php", 501, null],
    ["POST", "/x.php", 501, null],
    ["GET", "/page.phtml.en", 501, null],
    ["GET", "/run.cgi", 501, null],
    ["GET", "/cgi/prog", 501, null],
    ["GET", "/private/x", 403, null],
    ["GET", "/old/x?y", 301, null],
    ["GET", "/../outside.txt", 404, null],
    ["GET", "/%2e%2e/outside.txt", 404, null],
    ["GET", "/sub/..%2f..%2foutside.txt", 404, null],
    ["GET", "/a%00.txt", 404, null],
    ["GET", "/%zz", 400, null],
  ])("%s %s gives %i", async (method, path, status, body) => {
    const { port } = await startTestServer(configuration, files);
    const answer = await ask(port, path, { method });
    expect([answer.status, answer.body.includes("secret")]).toEqual([status, false]);
    if (body !== null) expect(answer.body).toBe(body);
  });

  test("redirects name the whole URL, and 405 what is allowed", async () => {
    const { port } = await startTestServer(configuration, files);
    const host = `127.0.0.1:${port}`;
    expect((await ask(port, "/old/x", { headers: { host } })).headers.location).toBe("http://other.example/new/x");
    expect((await ask(port, "/sub?q", { headers: { host } })).headers.location).toBe(`http://${host}/sub/?q`);
    const canonical = await startTestServer(`${configuration}UseCanonicalName On\n`, files);
    // ServerName names no port, so it is the scheme's.
    expect((await ask(canonical.port, "/sub", { headers: { host } })).headers.location).toBe("http://front/sub/");
    expect((await ask(port, "/a.txt", { method: "PUT" })).headers.allow).toBe("GET, HEAD, POST, OPTIONS");
  });

  test("conditions and ranges are honoured, and the type is the configured one", async () => {
    const { port } = await startTestServer(`${configuration}AddDefaultCharset utf-8\n`, {
      ...files,
      "htdocs/s.spc": "special",
    });
    const first = await ask(port, "/a.txt");
    expect(first.headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect((await ask(port, "/s.spc")).headers["content-type"]).toBe("text/x-special");
    const etag = first.headers.etag ?? "";
    expect((await ask(port, "/a.txt", { headers: { "If-None-Match": etag } })).status).toBe(304);
    const part = await ask(port, "/a.txt", { headers: { Range: "bytes=1-2" } });
    expect([part.status, part.body]).toEqual([206, "ex"]);
    const beyond = await ask(port, "/a.txt", { headers: { Range: "bytes=100-" } });
    expect([beyond.status, beyond.headers["content-range"]]).toEqual([416, "bytes */4"]);
  });

  test("symbolic links are followed only where Options allow it", async () => {
    const { port, folder } = await startTestServer("<Directory FOLDER/htdocs/strict>\nOptions None\n</Directory>\n", {
      ...files,
      "htdocs/strict/own.txt": "own",
    });
    symlinkSync(join(folder, "outside.txt"), join(folder, "htdocs/link.txt"));
    symlinkSync(join(folder, "outside.txt"), join(folder, "htdocs/strict/link.txt"));
    expect((await ask(port, "/link.txt")).status).toBe(200);
    expect((await ask(port, "/strict/own.txt")).status).toBe(200);
    expect((await ask(port, "/strict/link.txt")).status).toBe(403);
  });
});

describe("balancing", () => {
  test("requests go to announced servers, with the client's Host", async () => {
    let host: string | undefined;
    const backend = await startBackend("web1", (request, response) => {
      host = request.headers.host;
      response.end("from web1");
    });
    const { port, announce, server } = await startTestServer(balanced);
    announce(backend);
    const answer = await ask(port, "/app/x", { headers: { host: "www.example" } });
    expect([answer.status, answer.body, host]).toEqual([200, "from web1", "www.example"]);
    const member = server.status().members.find(({ id }) => id === "web1");
    expect(member).toMatchObject({ requests: 1, errors: 0, inflight: 0 });
    expect((await ask(port, "/")).body).toBe("home\n");
  });

  test("nobody announced: served from here when there is anything here, else 503 with Retry-After", async () => {
    const { port } = await startTestServer(balanced, { "htdocs/app/x": "own copy" });
    expect((await ask(port, "/app/x")).body).toBe("own copy");
    expect((await ask(port, "/app/not-here")).status).toBe(503);
    const bare = await startTestServer(`${balanced}DocumentRoot FOLDER/nowhere\n`);
    const answer = await ask(bare.port, "/app/x");
    expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "2"]);
  });

  test("a thousand requests with a server that dies in the middle: none that can be repeated is lost", async () => {
    const backends = await Promise.all(["web1", "web2", "web3"].map((id) => startBackend(id)));
    const { port, announce, server } = await startTestServer(balanced);
    for (const backend of backends) announce(backend);
    const [victim] = backends;
    const statuses = new Map<number, number>();
    let sent = 0;
    const client = async (): Promise<void> => {
      while (sent < 1000) {
        sent += 1;
        if (sent === 500) {
          for (const socket of victim?.sockets ?? []) socket.destroy();
          victim?.server.close();
        }
        const posts = sent % 4 === 0;
        const answer = await fetch(`http://127.0.0.1:${port}/app/`, posts ? { method: "PUT", body: "x" } : {});
        await answer.text();
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: 16 }, client));
    expect(statuses).toEqual(new Map([[200, sent]]));
    const counts = server.status().members.map(({ id, inflight, errors }) => [id, inflight, errors > 0]);
    expect(counts).toEqual(
      expect.arrayContaining([
        ["web1", 0, true],
        ["web2", 0, false],
        ["web3", 0, false],
      ]),
    );
  });

  test("a redirect function answers 302 with the server's address", async () => {
    const { port, announce } = await startTestServer(
      `${accept}<Location /r>\nBackhand removeSelf\nBackhand HTTPRedirectToIP\n</Location>\n`,
    );
    announce({ id: "web1", port: 8080 });
    const answer = await ask(port, "/r/x?y", { headers: { host: "www.example:81" } });
    expect([answer.status, answer.headers.location]).toEqual([302, "http://127.0.0.1:81/r/x?y"]);
  });

  test("a redirect has the scheme that a trusted proxy in front says, and no other's word counts", async () => {
    const redirecting = `${accept}<Location /r>\nBackhand removeSelf\nBackhand HTTPRedirectToIP\n</Location>\n`;
    const headers = { host: "www.example", "X-Forwarded-Proto": "https" };
    for (const [trusted, location] of [
      ["127.0.0.1/32", "https://127.0.0.9/r/x"],
      ["10.0.0.0/8", "http://127.0.0.9/r/x"],
    ] as const) {
      const { port, server } = await startTestServer(
        `${redirecting.replace("127.0.0.0/8", "127.0.0.9")}BackhandTrustedProxy ${trusted}\n`,
      );
      const bytes = Buffer.from("v=1&ready=1&busy=0&port=8080&bh=1&id=web1&addr=127.0.0.9");
      server.cluster.receive({ bytes, sourceAddress: "127.0.0.9", sourcePort: 1 }, Date.now());
      expect((await ask(port, "/r/x", { headers })).headers.location).toBe(location);
    }
  });

  test("a request that an accepted server has balanced is not balanced again", async () => {
    const backend = await startBackend("web1");
    const { port, announce } = await startTestServer(balanced, { "htdocs/app/x": "own copy" });
    announce(backend);
    expect((await ask(port, "/app/x", { headers: { "X-Backhand-Via": "front2" } })).body).toBe("own copy");
    expect((await ask(port, "/app/x")).body).toContain("web1");
  });

  test("the same field from somebody who is not accepted changes nothing", async () => {
    const backend = await startBackend("web1");
    const { port, server } = await startTestServer(balanced.replace("127.0.0.0/8", "127.0.0.9"), {
      "htdocs/app/x": "own copy",
    });
    const bytes = Buffer.from(`v=1&ready=1&busy=0&port=${backend.port}&bh=1&id=web1&addr=127.0.0.9`);
    // The stand-in listens on 127.0.0.1 only; a failed connection shows as well that the request was balanced.
    expect(server.cluster.receive({ bytes, sourceAddress: "127.0.0.9", sourcePort: 1 }, Date.now())).toBe("accepted");
    expect((await ask(port, "/app/x", { headers: { "X-Backhand-Via": "front2" } })).body).not.toBe("own copy");
  });

  test("the address that an accepted server names decides access", async () => {
    const { port, announce } = await startTestServer(
      `${accept}<Location /app>\nOrder deny,allow\nDeny from 10.1.1.1\n</Location>\n`,
      { "htdocs/app/x": "own copy" },
    );
    announce({ id: "peer", port: 1 });
    const from = (address: string) => ({ headers: { "X-Forwarded-For": address, "X-Backhand-Via": "peer" } });
    expect((await ask(port, "/app/x", from("10.1.1.1"))).status).toBe(403);
    expect((await ask(port, "/app/x", from("10.1.1.2"))).status).toBe(200);
    expect((await ask(port, "/app/x", from("10.1.1.1, 10.1.1.2"))).status).toBe(200);
  });

  test("with BackhandLocal this server's own share goes to the server beside it", async () => {
    const heavy = await startBackend("heavy");
    const { port } = await startTestServer(
      `<IfModule mod_backhand_ng.c>\nBackhandLocal http://127.0.0.1:${heavy.port}\n</IfModule>\n`,
    );
    expect((await ask(port, "/any.php", { method: "POST", body: "x" })).body).toBe("heavy POST /any.php");
  });

  test("a WebSocket is relayed to a chosen server, and cut after the grace when the server stops", async () => {
    const backend = await startRawBackend("web1", (socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        socket.on("data", (chunk) => socket.write(chunk));
      });
    });
    const { port, announce, server } = await startTestServer(balanced);
    announce(backend);
    const socket = connect(port, "127.0.0.1");
    const upgrade = "Connection: Upgrade\r\nUpgrade: websocket";
    socket.write(`GET /app/ws HTTP/1.1\r\nHost: a\r\n${upgrade}\r\n\r\n`);
    const [head] = (await once(socket, "data")) as [Buffer];
    expect(head.toString()).toMatch(/^HTTP\/1\.1 101 /);
    socket.write("ping");
    const [echo] = (await once(socket, "data")) as [Buffer];
    expect(echo.toString()).toBe("ping");
    await Promise.all([once(socket, "close"), server.close()]);
  });

  test("an upgrade to something else is an ordinary request, with its body and its access rules", async () => {
    const backend = await startBackend("web1");
    const { port, announce } = await startTestServer(
      `${balanced}<Location /private>\nOrder deny,allow\nDeny from all\n</Location>\n`,
    );
    announce(backend);
    const upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__";
    const socket = connect(port, "127.0.0.1");
    const send = async (bytes: string): Promise<string> => {
      socket.write(bytes);
      const [answer] = (await once(socket, "data")) as [Buffer];
      return answer.toString();
    };
    const posted = await send(`POST /app/u HTTP/1.1\r\nHost: a\r\n${upgrade}\r\nContent-Length: 3\r\n\r\nabc`);
    expect(posted).toMatch(/^HTTP\/1\.1 200 [^]*web1 POST \/app\/u$/);
    expect(await send(`GET /private HTTP/1.1\r\nHost: a\r\n${upgrade}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 403 /);
    expect(await send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
  });

  test.each([
    ["an upgrade", 400, "GET /app/ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"],
    ["a CONNECT", 405, "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"],
  ])(
    "%s behind requests that are not answered yet is refused behind their answers: %i",
    async (_what, status, bytes) => {
      const large = "x".repeat(8_000_000);
      const backend = await startBackend("web1", (_request, response) => setTimeout(() => response.end(large), 50));
      const { port, announce, server } = await startTestServer(balanced);
      announce(backend);
      const get = "GET /app/ HTTP/1.1\r\nHost: a\r\n\r\n";
      const answers = await exchangeRaw(port, `${get}${get}${bytes}${get}`);
      expect(Array.from(answers.matchAll(/HTTP\/1\.1 (\d+) /g), ([, each]) => Number(each))).toEqual([
        200,
        200,
        status,
      ]);
      expect(answers.length).toBeGreaterThan(2 * large.length);
      await eventually(() => server.busy() === 0, "nothing is left");
    },
  );

  test("pipelined requests are handled one after the other, so that what is sent first happens first", async () => {
    let open = 0;
    let most = 0;
    const happened: string[] = [];
    const backend = await startBackend("web1", (request, response) => {
      open += 1;
      most = Math.max(most, open);
      request.resume().once("end", () => {
        setTimeout(
          () => {
            open -= 1;
            happened.push(request.url ?? "");
            response.end(request.url);
          },
          request.method === "POST" ? 20 : 0,
        );
      });
    });
    const { port, announce } = await startTestServer(`MaxKeepAliveRequests 0\n${balanced}`);
    announce(backend);
    const socket = connect(port, "127.0.0.1");
    let answers = "";
    socket.on("data", (chunk: Buffer) => (answers += chunk.toString("latin1")));
    // More than are read ahead, with bodies between them.
    const paths = Array.from({ length: 60 }, (_, index) => `/app/${index}`);
    const texts = paths.map((path, index) =>
      index % 10 === 0
        ? `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello`
        : `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`,
    );
    socket.write(texts.slice(0, 30).join(""));
    for (const text of texts.slice(30)) socket.write(text);
    await eventually(() => answers.includes("/app/59"), "all are answered");
    socket.destroy();
    expect(happened).toEqual(paths);
    expect(answers.match(/^\/app\/\d+/gm)?.slice(0, 5)).toEqual(paths.slice(0, 5));
    expect(most).toBe(1);
  });

  test("no more is read of a long row than fits into memory, and all of it is answered", async () => {
    const held: ServerResponse[] = [];
    const backend = await startBackend("web1", (_request, response) => held.push(response));
    const { port, announce } = await startTestServer(`MaxKeepAliveRequests 0\n${balanced}`);
    announce(backend);
    const socket = connect(port, "127.0.0.1");
    let answers = 0;
    let rest = "";
    socket.on("data", (chunk: Buffer) => {
      const parts = (rest + chunk.toString("latin1")).split("HTTP/1.1 200 OK");
      answers += parts.length - 1;
      rest = parts.at(-1) ?? "";
    });
    const field = `X: ${"x".repeat(4000)}`;
    // Twice as much as the system keeps for both sides.
    const others = 6000;
    socket.write(
      `GET /app/ HTTP/1.1\r\nHost: a\r\n\r\n${`OPTIONS * HTTP/1.1\r\nHost: a\r\n${field}\r\n\r\n`.repeat(others)}`,
    );
    await eventually(() => held.length === 1, "the first is with the server");
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(socket.writableLength).toBeGreaterThan(1e6);
    held[0]?.end();
    await eventually(() => answers > others, "all are answered");
    socket.destroy();
  });

  test("pipelined requests are over when their client leaves", async () => {
    const backend = await startBackend("silent", () => undefined);
    const { port, announce, server } = await startTestServer(balanced);
    announce(backend);
    const socket = connect(port, "127.0.0.1");
    socket.write("GET /app/ HTTP/1.1\r\nHost: a\r\n\r\n".repeat(12));
    await eventually(() => backend.sockets.size === 1, "the first is with the server");
    socket.destroy();
    await eventually(() => backend.sockets.size === 0, "the server has no connections left");
    await eventually(() => server.busy() === 0, "all are over");
  });
});

describe("the status page", () => {
  const page = `${accept}<Location /backhand>\nSetHandler backhand-handler\n</Location>\n`;

  test("as JSON for scripts", async () => {
    const { port, announce } = await startTestServer(page);
    announce({ id: "web1", port: 8001 }, { load: 0.5, busy: 3 });
    for (const [path, headers] of [
      ["/backhand?format=json", {}],
      ["/backhand", { Accept: "application/json" }],
    ] as const) {
      const answer = await ask(port, path, { headers });
      expect(answer.headers["content-type"]).toBe("application/json");
      const report = JSON.parse(answer.body) as Record<string, unknown>;
      expect(report).toMatchObject({
        version: 1,
        self: { id: "front", address: "127.0.0.1" },
        members: [
          { id: "front", port, state: "up", ready: 256 },
          { id: "web1", address: "127.0.0.1", port: 8001, load: 0.5, busy: 3, inflight: 0, requests: 0, errors: 0 },
        ],
        refused: { source: 0, signature: 0, stale: 0, replay: 0, contact: 0, malformed: 0, rate: 0, full: 0 },
      });
    }
  });

  test("as HTML for people", async () => {
    const { port, announce } = await startTestServer(page);
    announce({ id: "web1", port: 8001 });
    const answer = await ask(port, "/backhand");
    expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(answer.body.replaceAll("<wbr>", "")).toMatch(/>web1<.*>127\.0\.0\.1:8001</);
    expect((await ask(port, "/backhand", { method: "POST" })).status).toBe(405);
  });
});

describe("limits", () => {
  test.each([
    ["a long request line", "LimitRequestLine 100\n", { path: `/${"x".repeat(100)}` }, 414],
    [
      "many fields",
      "LimitRequestFields 5\n",
      { headers: Object.fromEntries("abcdef".split("").map((n) => [n, "1"])) },
      400,
    ],
    ["a large field", "LimitRequestFieldSize 50\n", { headers: { x: "y".repeat(60) } }, 400],
    ["a large body", "LimitRequestBody 10\n", { method: "POST", body: "x".repeat(11) }, 413],
    ["a large body in chunks", "LimitRequestBody 10\n", { method: "POST", chunked: true, body: "x".repeat(11) }, 413],
  ])("%s is refused", async (_what, text, options, status) => {
    const received: string[] = [];
    const heavy = await startBackend("heavy", (request, response) => {
      request.on("data", (chunk: Buffer) => received.push(chunk.toString()));
      request.on("end", () => response.end("ok"));
    });
    const { port } = await startTestServer(`${text}BackhandLocal http://127.0.0.1:${heavy.port}\n`);
    const {
      path = "/",
      chunked,
      ...rest
    } = options as {
      path?: string;
      chunked?: boolean;
      headers?: Record<string, string>;
      method?: string;
      body?: string;
    };
    const headers: Record<string, string> = { ...rest.headers, ...(chunked ? { "transfer-encoding": "chunked" } : {}) };
    expect((await ask(port, path, { ...rest, headers })).status).toBe(status);
    expect((await ask(port, "/", { method: "POST", body: "x".repeat(10) })).status).toBe(200);
  });

  test("two Host fields are refused before routing", async () => {
    const { port } = await startTestServer("");
    expect(await exchangeRaw(port, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
  });

  test("KeepAlive Off closes after each answer, MaxKeepAliveRequests after so many", async () => {
    const off = await startTestServer("KeepAlive Off\n");
    expect(await exchangeRaw(off.port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).toMatch(/connection: close/i);
    const two = await startTestServer("MaxKeepAliveRequests 2\n");
    const answer = await exchangeRaw(two.port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(2));
    expect(answer.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  });

  test("Timeout ends a silent upload, and not a request that a server takes its time for", async () => {
    const backend = await startBackend("slow", (_request, response) => {
      setTimeout(() => response.end("late"), 700);
    });
    const { port } = await startTestServer(`Timeout 300ms\nBackhandLocal http://127.0.0.1:${backend.port}\n`);
    const stalled = exchangeRaw(port, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\npart");
    expect((await ask(port, "/")).body).toBe("late");
    expect(await stalled).toBe("");
  });

  test("KeepAliveTimeout ends a connection that is idle after a request", async () => {
    const { port } = await startTestServer("KeepAliveTimeout 100ms\nTimeout 60\n");
    expect(await exchangeRaw(port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).toMatch(/^HTTP\/1\.1 200 /);
  });

  test("CONNECT is refused, OPTIONS * answered", async () => {
    const { port } = await startTestServer("");
    expect(await exchangeRaw(port, "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n")).toMatch(/^HTTP\/1\.1 405 /);
    const answer = await exchangeRaw(port, "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 200 [^]*Allow: /);
  });
});

describe("virtual hosts", () => {
  test("are found by Host on the port that the connection reached", async () => {
    const { port } = await startTestServer(
      `NameVirtualHost *
<VirtualHost *>
ServerName one.example
DocumentRoot FOLDER/one
CustomLog FOLDER/one.log "%v %U"
</VirtualHost>
<VirtualHost *>
ServerName two.example
DocumentRoot FOLDER/two
</VirtualHost>
`,
      { "one/index.html": "one", "two/index.html": "two" },
    );
    expect((await ask(port, "/", { headers: { host: "two.example" } })).body).toBe("two");
    expect((await ask(port, "/", { headers: { host: "ONE.example:99" } })).body).toBe("one");
    expect((await ask(port, "http://two.example/", { headers: { host: "one.example" } })).body).toBe("two");
  });
});

describe("logs", () => {
  test("the combined format, as httpd writes it, and what a client sends cannot forge a line", async () => {
    const { port, folder, server } = await startTestServer(
      'LogFormat "%h %l %u %t \\"%r\\" %>s %b \\"%{Referer}i\\" \\"%{User-Agent}i\\"" combined\nCustomLog FOLDER/access.log combined\nTransferLog FOLDER/transfer.log\n',
    );
    await ask(port, "/?a", { headers: { Referer: 'x"y', "User-Agent": "z\\\t\xe4" } });
    await ask(port, "/none");
    await server.close();
    const [first, second] = readFileSync(join(folder, "access.log"), "latin1").trimEnd().split("\n");
    const time = String.raw`\[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\]`;
    expect(first).toMatch(
      new RegExp(String.raw`^127\.0\.0\.1 - - ${time} "GET /\?a HTTP/1\.1" 200 5 "x\\"y" "z\\\\\\t\\xe4"$`),
    );
    expect(second).toMatch(new RegExp(String.raw`^127\.0\.0\.1 - - ${time} "GET /none HTTP/1\.1" 404 \d+ "-" "-"$`));
    expect(readFileSync(join(folder, "transfer.log"), "latin1")).toMatch(
      new RegExp(String.raw`^127\.0\.0\.1 - - ${time} "GET /\?a HTTP/1\.1" 200 5\n`),
    );
  });

  test("say where a request went, after how many tries and why it failed", async () => {
    const backend = await startBackend("web1");
    const { port, folder, server, announce } = await startTestServer(
      `${balanced}CustomLog FOLDER/b.log "%U %>s %B %{backhand-server}n %{backhand-tries}n %{backhand-error}n"\n`,
    );
    announce(backend);
    await ask(port, "/app/a");
    backend.server.close();
    for (const socket of backend.sockets) socket.destroy();
    await ask(port, "/app/b");
    await server.close();
    expect(readFileSync(join(folder, "b.log"), "utf8").trimEnd().split("\n")).toEqual([
      "/app/a 200 15 web1 1 -",
      expect.stringMatching(/^\/app\/b 503 \d+ - 1 BACKHAND_NO_UPSTREAM$/),
    ]);
  });

  test("messages go to the error log in the form of the version", async () => {
    const { port, folder, server } = await startTestServer(
      "ErrorLog FOLDER/error.log\n<Location /p>\nOrder deny,allow\nDeny from all\n</Location>\n",
    );
    await ask(port, "/p");
    await server.close();
    expect(readFileSync(join(folder, "error.log"), "utf8")).toMatch(
      /^\[[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d \d{4}\] \[error\] \[client 127\.0\.0\.1\] client denied/m,
    );
  });

  test("a log that cannot be written does no harm", async () => {
    const { port, server, stderr } = await startTestServer("CustomLog /dev/full common\n");
    expect((await ask(port, "/")).status).toBe(200);
    expect((await ask(port, "/")).status).toBe(200);
    await eventually(() => stderr().includes("/dev/full"), "the failure is told");
    await server.close();
  });
});

describe("start and stop", () => {
  test("a port in use is named with its line", async () => {
    const backend = await startBackend("other");
    const folder = folderWith({});
    const table = tableOf(`ServerName a\nListen 127.0.0.1:${backend.port}\nDocumentRoot /nowhere\n`, folder);
    await expect(startServer(table, { stderr: () => undefined, facts: null })).rejects.toMatchObject({
      code: "BACKHAND_PORT_IN_USE",
      message: expect.stringMatching(new RegExp(`127\\.0\\.0\\.1:${backend.port} \\(.*httpd\\.conf:2\\)`)),
    });
  });

  test("what fails late leaves no port taken and no pid file", async () => {
    const folder = folderWith({});
    const table = tableOf(
      `ServerName a\nServerRoot ${folder}\nListen 127.0.0.1:1\nPidFile httpd.pid\nUser no-such-user-here\n`,
      folder,
    );
    const onFreePort = { ...table, listen: [{ address: "127.0.0.1", port: 0, place: null }] };
    const identity = {
      pid: 1,
      getuid: () => 0,
      initgroups: () => {
        throw new Error("unknown");
      },
    };
    await expect(
      startServer(onFreePort, {
        stderr: () => undefined,
        facts: null,
        process: identity,
        measureSpeed: () => Promise.resolve(1),
      }),
    ).rejects.toMatchObject({ code: "BACKHAND_UNKNOWN_USER" });
    expect(existsSync(join(folder, "httpd.pid"))).toBe(false);
  });

  test("rights are given up in the only order that works, after the pid file is written", async () => {
    const calls: unknown[] = [];
    const { folder } = await startTestServer(
      "PidFile httpd.pid\nUser www\nGroup #99\n",
      {},
      {
        process: {
          pid: 4711,
          getuid: () => 0,
          initgroups: (...args) => calls.push(["initgroups", ...args]),
          setgid: (id) => calls.push(["setgid", id]),
          setuid: (id) => calls.push(["setuid", id]),
        },
      },
    );
    expect(calls).toEqual([
      ["initgroups", "www", 99],
      ["setgid", 99],
      ["setuid", "www"],
    ]);
    expect(readFileSync(join(folder, "httpd.pid"), "utf8")).toBe("4711\n");
  });

  test("a function that cannot run is refused with its line", async () => {
    await expect(startTestServer("<Location /a>\nBackhand byMagic\n</Location>\n")).rejects.toMatchObject({
      code: "BACKHAND_BAD_TABLE",
      message: expect.stringMatching(/byMagic.*httpd\.conf:6/s),
    });
  });

  test("stopping lets a running request finish and takes no new ones", async () => {
    let finish: (() => void) | null = null;
    const backend = await startBackend("web1", (_request, response) => {
      finish = () => response.end("late");
    });
    const { port, server, announce } = await startTestServer(balanced, {}, { graceMs: 5000 });
    announce(backend);
    const running = ask(port, "/app/");
    await eventually(() => finish !== null, "it is with the server");
    const closed = server.close();
    await expect(ask(port, "/app/")).rejects.toThrow(/ECONNREFUSED/);
    (finish as unknown as () => void)();
    expect((await running).body).toBe("late");
    await closed;
  });

  test("stopping cuts what does not finish within the grace", async () => {
    const backend = await startBackend("web1", () => undefined);
    const { port, server, announce } = await startTestServer(balanced, {}, { graceMs: 50 });
    announce(backend);
    const running = ask(port, "/app/").catch((error: unknown) => String(error));
    await eventually(() => server.status().members.some(({ inflight }) => inflight === 1), "it is with the server");
    await server.close();
    expect(await running).toMatch(/socket hang up|ECONNRESET/);
    await eventually(() => backend.sockets.size === 0, "the server has no connections left");
  });

  test("the pid file goes with the server", async () => {
    const { folder, server } = await startTestServer("PidFile httpd.pid\n");
    expect(existsSync(join(folder, "httpd.pid"))).toBe(true);
    await server.close();
    expect(existsSync(join(folder, "httpd.pid"))).toBe(false);
  });
});

test("an index file answers for its folder by its own sections", async () => {
  const { port } = await startTestServer("<Files index.html>\nOrder deny,allow\nDeny from all\n</Files>\n", {
    "htdocs/a.txt": "text",
    "htdocs/sub/index.html": "secret",
  });
  expect((await ask(port, "/a.txt")).status).toBe(200);
  for (const path of ["/", "/sub/"]) expect(await ask(port, path)).toMatchObject({ status: 403 });
});

test("a candidacy function of a module picks the server", async () => {
  const one = await startBackend("web1");
  const two = await startBackend("web2");
  const { port, announce } = await startTestServer(
    `${accept}<Location /app>\nBackhandFromSO last.mjs byLastName\n</Location>\n`,
    { "last.mjs": "export const byLastName = (list) => list.filter(({ id }) => id === 'web2');\n" },
  );
  announce(one);
  announce(two);
  for (let count = 0; count < 8; count += 1) expect((await ask(port, "/app/")).body).toContain("web2");
});

test("a module without the function is refused with its line", async () => {
  await expect(
    startTestServer("<Location /a>\nBackhandFromSO some.mjs byMagic\n</Location>\n", { "some.mjs": "export {};\n" }),
  ).rejects.toMatchObject({ code: "BACKHAND_BAD_TABLE", message: expect.stringMatching(/byMagic.*httpd\.conf:6/s) });
});

test("a request that comes before the cluster is joined waits for it", async () => {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  const folder = folderWith({ "htdocs/index.html": "home\n" });
  const table = tableOf(`ServerName x\nListen 127.0.0.1:${port}\nDocumentRoot ${folder}/htdocs\n${accept}`, folder);
  let join: () => void = () => undefined;
  const joined = new Promise<void>((resolve) => (join = resolve));
  const transport = { name: "slow", start: () => joined, send: () => undefined, stop: () => Promise.resolve() };
  const definition = { name: "slow", summary: "", serves: () => true, create: () => transport };
  const starting = startServer(table, {
    stderr: () => undefined,
    facts: createCachedFileFacts(),
    transports: [definition],
    measureSpeed: () => Promise.resolve(100),
  });
  for (let isOpen = false; !isOpen;) {
    const socket = connect(port, "127.0.0.1");
    isOpen = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    socket.destroy();
  }
  const early: Promise<Answer> = ask(port, "/");
  await new Promise((resolve) => setTimeout(resolve, 50));
  join();
  const server = await starting;
  expect((await early).body).toBe("home\n");
  await server.close();
});

test("a file that appears is found within seconds", async () => {
  const { port, folder } = await startTestServer("");
  expect((await ask(port, "/new.txt")).status).toBe(404);
  writeFileSync(join(folder, "htdocs/new.txt"), "new");
  let body = "";
  for (let tries = 0; tries < 40 && body !== "new"; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    body = (await ask(port, "/new.txt")).body;
  }
  expect(body).toBe("new");
});
