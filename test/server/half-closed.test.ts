import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { eventually, startBackend, stopAll } from "../proxy/support.ts";
import { certificateFor } from "../support/certificates.ts";
import { startTestServer } from "./support.ts";

afterEach(stopAll);

const balanced = "AcceptStats 127.0.0.0/8\n<Location />\nBackhand removeSelf\nBackhand byRandom\n</Location>\n";

/** Sends all that it has to say, closes its sending side, and gives what came until the end. */
async function halfClosed(socket: Socket, text: string): Promise<string> {
  let got = "";
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => (got += chunk));
  socket.on("error", (error) => (got += ` ${String(error)}`));
  socket.end(text, "latin1");
  await once(socket, "close");
  return got;
}

async function cluster(afterMs: number, lines = "") {
  const open = new Set<ServerResponse>();
  const seen: string[] = [];
  const backend = await startBackend("web1", (request, response) => {
    open.add(response);
    response.on("close", () => open.delete(response));
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      seen.push(`${request.method ?? ""} ${request.url ?? ""} ${body}`);
      setTimeout(() => response.end(`web1 ${request.url ?? ""}`), afterMs).unref();
    });
  });
  const server = await startTestServer(`${balanced}${lines}`);
  server.announce(backend);
  return { ...server, open, seen, client: () => connect(server.port, "127.0.0.1") };
}

describe("a client that closes its sending side behind a request", () => {
  test.each(["HTTP/1.1", "HTTP/1.0"])(
    "gets the answer, without anything before it, and then the end: %s",
    async (version) => {
      const { client } = await cluster(50);
      const got = await halfClosed(client(), `GET /a ${version}\r\nHost: x\r\n\r\n`);
      expect(got).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(got).toMatch(/web1 \/a(?:\r\n0\r\n\r\n)?$/);
    },
  );

  test("gets the answers to all that it sent, in their order", async () => {
    const { client, seen } = await cluster(50);
    const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
    const post = "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello";
    const got = await halfClosed(client(), get("/a") + post + get("/c"));
    expect(got.match(/web1 \/./g)).toEqual(["web1 /a", "web1 /b", "web1 /c"]);
    expect(seen).toEqual(["GET /a ", "POST /b hello", "GET /c "]);
  });

  test("is told that there is more to come when the answer takes its time", async () => {
    const { client } = await cluster(2500);
    const got = await halfClosed(client(), "GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    expect(got).toMatch(/^(?:HTTP\/1\.1 102 Processing\r\n\r\n){1,2}HTTP\/1\.1 200 OK\r\n/);
    expect(got).toContain("web1 /a");
  });

  test("in HTTP/1.0 just waits", async () => {
    const { client } = await cluster(2500);
    const got = await halfClosed(client(), "GET /a HTTP/1.0\r\nHost: x\r\n\r\n");
    expect(got).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  test("within a request has sent none", async () => {
    const { client, seen } = await cluster(50);
    const got = await halfClosed(client(), "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nhello");
    expect(got).not.toContain("200 OK");
    expect(seen).toEqual([]);
  });

  test("over TLS gets its answer too", async () => {
    const { cert, key } = await certificateFor("a.example");
    const files = { "a.crt": cert, "a.key": key };
    const server = await startTestServer("SSLEngine On\nSSLCertificateFile a.crt\nSSLCertificateKeyFile a.key\n", {
      ...files,
      "htdocs/x.txt": "the page",
    });
    const plain = connect({ port: server.port, host: "127.0.0.1", allowHalfOpen: true });
    const socket = connectTls({ socket: plain, rejectUnauthorized: false });
    await once(socket, "secureConnect");
    expect(await halfClosed(socket, "GET /x.txt HTTP/1.1\r\nHost: a.example\r\n\r\n")).toMatch(/the page$/);
  });
});

describe("a client that has left", () => {
  test("is noticed before its answer comes, and the server behind is left alone", async () => {
    const { client, open } = await cluster(60_000);
    const socket = client();
    socket.write("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    await eventually(() => open.size === 1, "the server has the request");
    socket.destroy();
    await eventually(() => open.size === 0, "the server is left alone");
  });

  test("is noticed at once when its system says so", async () => {
    const { client, open } = await cluster(60_000);
    const socket = client();
    socket.write("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    await eventually(() => open.size === 1, "the server has the request");
    const since = performance.now();
    socket.resetAndDestroy();
    await eventually(() => open.size === 0, "the server is left alone");
    expect(performance.now() - since).toBeLessThan(1000);
  });
});
