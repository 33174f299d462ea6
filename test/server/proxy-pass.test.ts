import { once } from "node:events";
import { connect } from "node:net";
import { deadUpstream, exchangeRaw, startBackend, startRawBackend, stopAll } from "../proxy/support.ts";
import { ask, startTestServer } from "./support.ts";

afterEach(stopAll);

const ng = (...lines: string[]): string => `<IfModule mod_backhand_ng.c>\n${lines.join("\n")}\n</IfModule>\n`;

test("what fails between the servers is answered with its ErrorDocument; the server's own errors pass", async () => {
  const dead = await deadUpstream("dead");
  const failing = await startBackend("failing", (_request, response) => {
    response.statusCode = 503;
    response.end("its own");
  });
  const { port } = await startTestServer(
    `ErrorDocument 503 /sorry.html
ProxyPass /dead http://127.0.0.1:${dead.port}
ProxyPass /failing http://127.0.0.1:${failing.port}
ProxyPass /over http://127.0.0.1:${failing.port}
<Location /over>
ProxyErrorOverride On
</Location>
<Location /dead/text>
ErrorDocument 503 "nobody home"
</Location>
<Location /dead/url>
ErrorDocument 503 http://status.example/
</Location>
`,
    { "htdocs/sorry.html": "sorry" },
  );
  const answers = await Promise.all(
    ["/dead", "/dead/text", "/dead/url", "/failing", "/over"].map((path) => ask(port, path)),
  );
  expect(answers.map(({ status, body }) => [status, body])).toEqual([
    [503, "sorry"],
    [503, "nobody home"],
    [302, expect.any(String)],
    [503, "its own"],
    [503, "sorry"],
  ]);
  expect(answers[0]?.headers).toMatchObject({ "retry-after": "2", "content-type": "text/html" });
  expect(answers[2]?.headers.location).toBe("http://status.example/");
});

test("times hold for the section that names them", async () => {
  const silent = await startBackend("silent", () => undefined);
  const { port } = await startTestServer(
    `ProxyPass /a http://127.0.0.1:${silent.port}/
ProxyPass /b http://127.0.0.1:${silent.port}/ timeout=1
ErrorDocument 504 "late"
<Location /a>
${ng("BackhandTimeout first-byte=50ms")}</Location>
`,
  );
  expect(await ask(port, "/a")).toMatchObject({ status: 504, body: "late" });
  expect(await ask(port, "/b")).toMatchObject({ status: 504, body: "late" });
});

test("a POST that was sent goes to no other server, unless the section says so", async () => {
  const seen: string[] = [];
  const dying = await startRawBackend("dying", (socket) => {
    socket.once("data", (chunk: Buffer) => {
      seen.push(chunk.toString("latin1").split(" ", 2).join(" "));
      socket.destroy();
    });
  });
  const good = await startBackend("good");
  const { port, announce } = await startTestServer(`AcceptStats 127.0.0.0/8
<Location />
Backhand byRandom
Backhand removeSelf
</Location>
<Location /again>
${ng("BackhandRetry attempts=1 on=reset,sent")}</Location>
`);
  announce(dying);
  // Alone, so that the first attempt is certain to go there.
  expect((await ask(port, "/once", { method: "POST", body: "x" })).status).toBe(502);
  announce(good);
  const tries = [];
  for (let count = 0; count < 20; count += 1) tries.push(await ask(port, "/again", { method: "POST", body: "x" }));
  expect(tries.every(({ status }) => status === 200)).toBe(true);
  expect(seen).toContain("POST /again");
  expect(tries.some(({ headers }) => headers["x-backhand-tries"] === "2")).toBe(true);
});

test("what a RequestHeader line says of the client goes on; what an untrusted client says does not", async () => {
  const backend = await startBackend("seen", (request, response) => {
    response.end(JSON.stringify(request.headers));
  });
  const { port } = await startTestServer(`ProxyPass / http://127.0.0.1:${backend.port}/
RequestHeader set X-Forwarded-Proto https
RequestHeader set Content-Length 1
RequestHeader unset X-Secret
`);
  const { body } = await ask(port, "/", {
    method: "POST",
    body: "four",
    headers: { "X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "ftp", Forwarded: "for=6.6.6.6", "X-Secret": "s" },
  });
  expect(JSON.parse(body)).toMatchObject({
    "x-forwarded-proto": "https",
    "x-forwarded-for": "127.0.0.1",
    "content-length": "4",
  });
  expect(body).not.toMatch(/6\.6\.6\.6|x-secret/);
});

const changed = /^HTTP\/1\.1 101 [^]*echo$/;
const ordinary = /^HTTP\/1\.1 200 [^]*plain$/;

test.each([
  ["ws://SERVER/chat", "websocket", changed],
  ["ws://SERVER/chat", "chat/2", ordinary],
  ["http://SERVER/chat upgrade=websocket", "WebSocket", changed],
  ["http://SERVER/chat upgrade=websocket", "chat/2", ordinary],
  ["http://SERVER/chat upgrade=Chat/2", "chat/2", changed],
  ["http://SERVER/chat upgrade=Chat/2", "websocket", ordinary],
  ["http://SERVER/chat upgrade=ANY", "anything", changed],
  ["http://SERVER/chat upgrade=ANY", "h2c", ordinary],
  ["http://SERVER/chat upgrade=ANY", "TLS/1.2", ordinary],
  ["http://SERVER/chat upgrade=ANY", "chat/2, chat/1", ordinary],
  ["http://SERVER/chat upgrade=NONE", "none", ordinary],
  ["http://SERVER/chat", "websocket", ordinary],
])("an upgrade through ProxyPass /chat %s to %s", async (target, protocol, expected) => {
  const backend = await startRawBackend("chat", (socket) => {
    socket.once("data", (chunk: Buffer) => {
      const head = chunk.toString("latin1");
      if (!head.startsWith("GET /chat HTTP")) socket.end("HTTP/1.1 500 Wrong\r\n\r\n");
      else if (!/^upgrade:/im.test(head)) socket.end("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nplain");
      else {
        socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`);
        socket.once("data", (sent: Buffer) => socket.end(sent));
      }
    });
  });
  const { port } = await startTestServer(`ProxyPass /chat ${target.replace("SERVER", `127.0.0.1:${backend.port}`)}\n`);
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1");
    if (text.endsWith("\r\n\r\n") && text.includes(" 101 ")) socket.write("echo");
  });
  socket.write(`GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: ${protocol}\r\n\r\n`);
  await once(socket, "close");
  expect(text).toMatch(expected);
});

test("lines to servers that are not relayed to stop nothing but their requests, which never fall to a file", async () => {
  const { port } = await startTestServer("ProxyPass /app balancer://pool/\nProxyPass /dyn fcgi://127.0.0.1:1/\n", {
    "htdocs/app/x": "file",
  });
  expect(await ask(port, "/app/x")).toMatchObject({ status: 502 });
  expect(await ask(port, "/dyn/x")).toMatchObject({ status: 502 });
  expect(await exchangeRaw(port, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).toContain("home");
});

test("several Via, Set-Cookie and Location fields of a server are changed each for itself", async () => {
  const backend = await startRawBackend("fields", (socket) => {
    socket.once("data", () => {
      socket.end(
        "HTTP/1.1 302 Found\r\nVia: 1.0 inner\r\nLocation: /b/next\r\nContent-Location: http://inner/b/x\r\nRefresh: 5; url=/b/next\r\nSet-Cookie: a=1; Path=/b\r\nSet-Cookie: c=2\r\nContent-Length: 0\r\n\r\n",
      );
    });
  });
  const { port } = await startTestServer(`ProxyPass /a http://127.0.0.1:${backend.port}/b
ProxyPassReverse /a /b
ProxyPassReverseCookiePath /b /a
ProxyVia On
`);
  const answer = await exchangeRaw(port, "GET /a/x HTTP/1.1\r\nHost: front\r\nConnection: close\r\n\r\n");
  expect(answer).toMatch(/\r\nLocation: http:\/\/front\/a\/next\r\n/);
  expect(answer).toMatch(/\r\nContent-Location: http:\/\/front\/a\/x\r\n/);
  // As with httpd: it is no field that ProxyPassReverse looks at.
  expect(answer).toMatch(/\r\nRefresh: 5; url=\/b\/next\r\n/);
  expect(answer).toMatch(/\r\nSet-Cookie: a=1; Path=\/a\r\nSet-Cookie: c=2\r\n/);
  expect(answer).toMatch(/\r\nVia: 1\.0 inner\r\n[^]*Via: 1\.1 front\r\n/);
});
