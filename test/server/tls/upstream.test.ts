import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { TLSSocket } from "node:tls";
import { eventually, onStop, stopAll } from "../../proxy/support.ts";
import { certificateFor } from "../../support/certificates.ts";
import type { Certificate, CertificateWishes } from "../../support/certificates.ts";
import { ask, startTestServer } from "../support.ts";

afterEach(stopAll);

let ca: Certificate = { cert: "", key: "" };
beforeAll(async () => {
  ca = await certificateFor("ca", { isAuthority: true });
});

/** A server over TLS that counts what it was asked, and how its connections began. */
async function secureBackend(name: string, wishes: CertificateWishes, more: { readonly maxVersion?: "TLSv1.2" } = {}) {
  const { cert, key } = await certificateFor(name, wishes);
  const seen: { readonly reused: boolean; readonly servername: string; readonly client: string }[] = [];
  let connections = 0;
  const sockets = new Set<TLSSocket>();
  const server = createServer(
    { cert, key, requestCert: true, rejectUnauthorized: false, ...more },
    (request, response) => {
      const { socket } = request;
      if (!(socket instanceof TLSSocket)) throw new Error("a connection without TLS");
      const { servername } = socket as { readonly servername?: unknown };
      const { CN = "" } =
        (socket.getPeerCertificate() as { readonly subject?: { readonly CN?: string } }).subject ?? {};
      seen.push({
        reused: socket.isSessionReused(),
        servername: typeof servername === "string" ? servername : "",
        client: CN,
      });
      const parts: Buffer[] = [];
      request.on("data", (chunk: Buffer) => parts.push(chunk));
      request.on("end", () => response.end(`${request.url ?? ""} ${Buffer.concat(parts).length}`));
    },
  );
  server.on("secureConnection", (socket) => {
    connections += 1;
    sockets.add(socket);
  });
  server.on("upgrade", (_request, socket) => {
    socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhello");
    socket.on("data", (chunk: Buffer) => socket.write(chunk));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onStop(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  });
  const { port } = server.address() as AddressInfo;
  return { port, seen, connections: () => connections };
}

const local = (url: string, lines = "SSLProxyCACertificateFile FOLDER/ca.crt\n"): string => `${lines}LogLevel info
<IfModule mod_backhand_ng.c>
BackhandLocal ${url}
</IfModule>
`;
const start = (text: string) => startTestServer(text, { "ca.crt": ca.cert });

test("requests, bodies and connections go to a server over https as to any other", async () => {
  const backend = await secureBackend("localhost", { by: ca });
  const { port } = await start(local(`https://localhost:${backend.port}`));
  expect((await ask(port, "/a")).body).toBe("/a 0");
  const body = "x".repeat(3_000_000);
  expect((await ask(port, "/b", { method: "POST", body })).body).toBe(`/b ${body.length}`);
  expect(backend.connections()).toBe(1);
  expect(backend.seen[0]).toMatchObject({ servername: "localhost", reused: false });
});

test.each(["TLSv1.2", "TLSv1.3"] as const)(
  "a new connection takes the session of an old one up, %s",
  async (version) => {
    const backend = await secureBackend("localhost", { by: ca }, version === "TLSv1.2" ? { maxVersion: version } : {});
    const { port } = await start(local(`https://localhost:${backend.port}`));
    await ask(port, "/");
    // The session of TLS 1.3 comes behind the handshake; a pool that stays knows it.
    const both = await Promise.all([ask(port, "/"), ask(port, "/"), ask(port, "/")]);
    expect(both.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(backend.seen.some(({ reused }) => reused)).toBe(true);
  },
);

test("an address is checked against the addresses of a certificate", async () => {
  const backend = await secureBackend("web", { by: ca, addresses: ["127.0.0.1"] });
  const { port } = await start(local(`https://127.0.0.1:${backend.port}`));
  expect((await ask(port, "/a")).status).toBe(200);
  expect(backend.seen[0]?.servername).toBe("");
});

test.each<[string, string, CertificateWishes & { readonly own?: boolean }, RegExp]>([
  ["signed by itself", "localhost", { own: true }, /self[- ]signed/],
  ["for another name", "other.test", {}, /does not match|altnames/],
  ["expired", "localhost", { from: new Date(2001, 1), until: new Date(2002, 1) }, /expired/],
  ["not good yet", "localhost", { from: new Date(2090, 1), until: new Date(2091, 1) }, /not yet valid/],
])("a certificate %s: 502, the reason in the log, and nothing was asked", async (_name, subject, wishes, reason) => {
  const { own = false, ...rest } = wishes;
  const backend = await secureBackend(subject, own ? rest : { ...rest, by: ca });
  const { port, stderr } = await start(local(`https://localhost:${backend.port}`));
  const answer = await ask(port, "/secret", { method: "POST", body: "secret" });
  expect(answer.status).toBe(502);
  expect(answer.body).toContain("BACKHAND_UPSTREAM_TLS");
  expect(stderr()).toMatch(reason);
  expect(backend.seen).toEqual([]);
});

test("an authority that nobody named is not believed", async () => {
  const backend = await secureBackend("localhost", { by: ca });
  const { port } = await start(local(`https://localhost:${backend.port}`, ""));
  expect((await ask(port, "/")).status).toBe(502);
});

test("SSLProxyVerify none and SSLProxyCheckPeerName off say otherwise", async () => {
  const stranger = await secureBackend("other.test", {});
  const { port } = await start(local(`https://localhost:${stranger.port}`, "SSLProxyVerify none\n"));
  expect((await ask(port, "/")).status).toBe(200);
  const named = await secureBackend("other.test", { by: ca });
  const lines = "SSLProxyCACertificateFile FOLDER/ca.crt\nSSLProxyCheckPeerName off\n";
  const second = await start(local(`https://localhost:${named.port}`, lines));
  expect((await ask(second.port, "/")).status).toBe(200);
});

test("a server without TLS gets nothing, not even a request", async () => {
  const { createServer: createPlain } = await import("node:net");
  let got = "";
  const server = createPlain((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => {
      got += chunk.toString("latin1");
      socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onStop(async () => {
    server.close();
    await once(server, "close");
  });
  const { port } = await start(local(`https://localhost:${(server.address() as AddressInfo).port}`));
  expect((await ask(port, "/secret")).status).toBe(502);
  expect(got).not.toContain("secret");
  expect(got.charCodeAt(0)).toBe(0x16);
});

test("a certificate of our own is shown to a server that asks for one", async () => {
  const client = await certificateFor("balancer", { by: ca });
  const backend = await secureBackend("localhost", { by: ca });
  const lines = "SSLProxyCACertificateFile FOLDER/ca.crt\nSSLProxyMachineCertificateFile FOLDER/own.pem\n";
  const { port } = await startTestServer(local(`https://localhost:${backend.port}`, lines), {
    "ca.crt": ca.cert,
    "own.pem": client.cert + client.key,
  });
  await ask(port, "/");
  expect(backend.seen[0]?.client).toBe("balancer");
});

test("a WebSocket goes through", async () => {
  const backend = await secureBackend("localhost", { by: ca });
  const { port } = await start(local(`https://localhost:${backend.port}`));
  const { connect } = await import("node:net");
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
  socket.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  while (!text.includes("hello")) await once(socket, "data");
  socket.write("ping");
  while (!text.endsWith("ping")) await once(socket, "data");
  expect(text).toMatch(/^HTTP\/1\.1 101 /);
  socket.destroy();
});

test.each([
  ["SSLProxyCACertificateFile FOLDER/none\n", /none \(SSLProxyCACertificateFile, .*httpd\.conf:5\)/],
  ["SSLProxyProtocol SSLv3\n", /SSLProxyProtocol: Expected a protocol .*httpd\.conf:5/],
  ["SSLProxyCipherSuite NOTHING\n", /SSLProxy lines \(.*httpd\.conf:5\)/],
  ["SSLProxyMachineCertificateFile FOLDER/ca.crt\n", /BEGIN PRIVATE KEY/],
])("%s keeps it from starting", async (lines, message) => {
  await expect(start(local("https://localhost:1", lines))).rejects.toThrow(message);
});

describe("members of the cluster", () => {
  const balanced = (words: string): string => `AcceptStats 127.0.0.0/8
SSLProxyCACertificateFile FOLDER/ca.crt
Backhand byRandom
Backhand removeSelf
<IfModule mod_backhand_ng.c>
BackhandUpstreamTLS ${words}
</IfModule>
`;

  test("are asked over https, each checked by its address, or all by one name", async () => {
    const byAddress = await secureBackend("web1", { by: ca, addresses: ["127.0.0.1"] });
    const one = await start(balanced("On"));
    one.announce({ id: "web1", port: byAddress.port });
    expect((await ask(one.port, "/a")).body).toBe("/a 0");
    const byName = await secureBackend("cluster.test", { by: ca });
    const two = await start(balanced("On name=cluster.test"));
    two.announce({ id: "web1", port: byName.port });
    expect((await ask(two.port, "/a")).body).toBe("/a 0");
    expect(byName.seen[0]?.servername).toBe("cluster.test");
  });

  test("are checked over https, and one that is not whom it should be fails", async () => {
    const member = await secureBackend("cluster.test", { by: ca });
    const stranger = await secureBackend("other.test", { by: ca });
    const { announce, server } = await start(
      balanced("On name=cluster.test\nBackhandCheck path=/health interval=0.1 timeout=1 rise=1 fall=2"),
    );
    announce({ id: "web1", port: member.port });
    announce({ id: "web2", port: stranger.port });
    const checkOf = (id: string) => server.status().members.find((one) => one.id === id)?.check;
    await eventually(() => checkOf("web1")?.problem === null, "the member is well");
    await eventually(() => /no answer \(ERR_TLS_CERT/.test(checkOf("web2")?.problem ?? ""), "the stranger is not");
    expect(stranger.seen).toEqual([]);
  });

  test("one that is not whom it should be is left out for another", async () => {
    const stranger = await secureBackend("other.test", { by: ca });
    const member = await secureBackend("cluster.test", { by: ca });
    const { port, announce } = await start(balanced("On name=cluster.test"));
    announce({ id: "web1", port: stranger.port });
    expect((await ask(port, "/a")).status).toBe(502);
    announce({ id: "web2", port: member.port });
    for (let count = 0; count < 5; count += 1) expect((await ask(port, "/a")).body).toBe("/a 0");
    expect(stranger.seen).toEqual([]);
  });

  test.each(["maybe", "On host=x", "On name="])("BackhandUpstreamTLS %s is refused", async (words) => {
    await expect(start(balanced(words))).rejects.toThrow(/BackhandUpstreamTLS: Expected "On"/);
  });
});

test("ProxyPass to https checks the certificate by the lines of its host", async () => {
  const good = await secureBackend("localhost", { by: ca });
  const stranger = await secureBackend("localhost", {});
  const { port } = await start(`SSLProxyEngine On
SSLProxyCACertificateFile FOLDER/ca.crt
ProxyPass /good https://localhost:${good.port}/in
ProxyPass /bad https://localhost:${stranger.port}/in
<VirtualHost *>
ServerName front
</VirtualHost>
<VirtualHost *>
ServerName careless.test
SSLProxyVerify none
ProxyPass /bad https://localhost:${stranger.port}/in
</VirtualHost>
`);
  const headers = { Host: "careless.test" };
  expect((await ask(port, "/good/x")).body).toBe("/in/x 0");
  expect((await ask(port, "/bad/x")).status).toBe(502);
  expect(stranger.seen).toEqual([]);
  expect((await ask(port, "/bad/x", { headers })).body).toBe("/in/x 0");
});
