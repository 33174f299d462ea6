import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import { exchangeRaw, onStop, startBackend, stopAll } from "../../proxy/support.ts";
import { freeTcpPort, hasProgram } from "../../support/bus-server.ts";
import { certificateFor } from "../../support/certificates.ts";
import { startReal } from "../../support/real-server.ts";
import { describeIf } from "../../support/shared.ts";
import { ask, startTestServer } from "../support.ts";

afterEach(stopAll);

const wanting = `RemoteIPProxyProtocol On
<IfModule mod_backhand_ng.c>
BackhandTrustedProxy 127.0.0.0/8
</IfModule>
`;
/** Says who it takes the client for. */
const telling = `${wanting}AcceptStats 127.0.0.0/8
Backhand byRandom
Backhand removeSelf
`;

async function start(text: string, files: Readonly<Record<string, string>> = {}) {
  const server = await startTestServer(text, files);
  server.announce(
    await startBackend("web1", (request, response) => {
      response.end(`for ${String(request.headers["x-forwarded-for"])}.`);
    }),
  );
  return server;
}

const request = "GET / HTTP/1.1\r\nHost: front\r\nConnection: close\r\n\r\n";
const line = "PROXY TCP4 10.0.0.9 10.0.0.1 8080 80\r\n";
const binary = "\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\x0a\0\0\x09\x0a\0\0\x01\x1f\x90\0\x50";

test.each([
  ["version 1", line],
  ["version 2", binary],
])("%s: the client's address is the one that the proxy names", async (_name, header) => {
  const log = 'LogFormat "%a %{c}a %h %{remote}p" x\nCustomLog FOLDER/log x\n';
  const { port, server, folder } = await start(`${log}${telling}`);
  expect(await exchangeRaw(port, header + request)).toMatch(/\r\nfor 10\.0\.0\.9\.$/);
  await server.close();
  const { readFileSync } = await import("node:fs");
  expect(readFileSync(`${folder}/log`, "utf8")).toBe("10.0.0.9 10.0.0.9 10.0.0.9 8080\n");
});

test("access rules look at that address, and fields of the client do not change it", async () => {
  const rules = "<Location />\nOrder allow,deny\nAllow from 10.0.0.9\n</Location>\n";
  const { port } = await startTestServer(wanting + rules);
  expect(await exchangeRaw(port, line + request)).toMatch(/^HTTP\/1\.1 200 /);
  const other = line.replace("10.0.0.9", "10.0.0.8");
  const claim = request.replace("Connection", "X-Forwarded-For: 10.0.0.9\r\nConnection");
  expect(await exchangeRaw(port, other + request)).toMatch(/^HTTP\/1\.1 403 /);
  expect(await exchangeRaw(port, other + claim)).toMatch(/^HTTP\/1\.1 403 /);
});

test("a header may come byte by byte, with the request behind it", async () => {
  const { port } = await start(telling);
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
  for (const byte of Buffer.from(binary + request, "latin1")) {
    socket.write(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await once(socket, "close");
  expect(text).toMatch(/\r\nfor 10\.0\.0\.9\.$/);
});

test("a proxy that speaks for itself keeps its own address", async () => {
  const { port } = await startTestServer(
    `${wanting}<Location />\nOrder allow,deny\nAllow from 127.0.0.1\n</Location>\n`,
  );
  expect(await exchangeRaw(port, `\r\n\r\n\0\r\nQUIT\n\x20\0\0\0${request}`)).toMatch(/^HTTP\/1\.1 200 /);
  expect(await exchangeRaw(port, `PROXY UNKNOWN\r\n${request}`)).toMatch(/^HTTP\/1\.1 200 /);
});

test("without a header, with a bad one, from a stranger or too late, the connection is closed without a word", async () => {
  const { port, stderr } = await startTestServer(`LogLevel info\nTimeout 1\n${wanting}`);
  for (const bytes of [request, `PROXY TCP4 10.0.0.9\r\n${request}`, `${line.replace("8080", "80800")}${request}`]) {
    expect(await exchangeRaw(port, bytes)).toBe("");
  }
  expect(await exchangeRaw(port, "PROXY TCP4 ")).toBe("");
  expect(stderr()).toMatch(/Expected a header of the PROXY protocol/);
  expect(stderr()).toMatch(/took too long/);
  const strangers = await startTestServer(`LogLevel info\n${wanting.replace("127.0.0.0/8", "10.0.0.0/8")}`);
  expect(await exchangeRaw(strangers.port, line + request)).toBe("");
  expect(strangers.stderr()).toMatch(/Only proxies of BackhandTrustedProxy/);
});

test("exceptions come without a header", async () => {
  const { port } = await startTestServer(`${wanting}RemoteIPProxyProtocolExceptions 127.0.0.1\n`);
  expect((await ask(port, "/")).status).toBe(200);
});

test("without trusted proxies it does not start, and says what is missing", async () => {
  await expect(startTestServer("RemoteIPProxyProtocol On\n")).rejects.toThrow(
    /RemoteIPProxyProtocol \(.*httpd\.conf:5\): Expected a BackhandTrustedProxy/,
  );
});

test("TLS and HTTP without TLS come behind the header", async () => {
  const { cert, key } = await certificateFor("front");
  const secure = `${telling}SSLEngine on\nSSLCertificateFile FOLDER/front.pem\n`;
  const { port } = await start(secure, { "front.pem": cert + key });
  for (const header of [line, binary]) {
    const raw = connect(port, "127.0.0.1");
    raw.write(header, "latin1");
    const socket = connectTls({ socket: raw, servername: "front", rejectUnauthorized: false });
    let text = "";
    socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
    socket.write(request);
    await once(socket, "close");
    expect(text).toMatch(/\r\nfor 10\.0\.0\.9\.$/);
  }
  expect(await exchangeRaw(port, line + request)).toMatch(/^HTTP\/1\.1 400 [^]*HTTP over TLS/);
});

describeIf(hasProgram("curl"), "curl is not there")("with curl", () => {
  test("--haproxy-protocol", async () => {
    const { port } = await start(telling);
    const child = spawn("curl", ["-s", "--haproxy-protocol", "--max-time", "10", `http://127.0.0.1:${port}/`]);
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
    await once(child, "close");
    expect(text).toBe("for 127.0.0.1.");
  });
});

describeIf(hasProgram("haproxy"), "haproxy is not there")("behind haproxy", () => {
  test.each(["send-proxy", "send-proxy-v2"])("%s, with its health checks", async (how) => {
    const { port } = await start(telling);
    const front = await freeTcpPort();
    const real = await startReal(
      "haproxy",
      (file) => ["-db", "-f", file],
      () => `defaults
  mode tcp
  timeout connect 2s
  timeout client 5s
  timeout server 5s
listen l
  bind 127.0.0.1:${front}
  server s 127.0.0.1:${port} ${how} check check-send-proxy inter 100
`,
      front,
    );
    onStop(() => real.stop());
    await new Promise((resolve) => setTimeout(resolve, 400));
    const socket = connect({ port: front, host: "127.0.0.1", localAddress: "127.0.0.77" });
    let text = "";
    socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
    socket.write(request);
    await once(socket, "close");
    expect(text).toMatch(/\r\nfor 127\.0\.0\.77\.$/);
  });
});
