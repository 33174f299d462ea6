import { readFileSync } from "node:fs";
import { connect as connectPlain } from "node:net";
import { once } from "node:events";
import { eventually, exchangeRaw, startBackend, stopAll } from "../../proxy/support.ts";
import { certificateFor } from "../../support/certificates.ts";
import { startTestServer } from "../support.ts";
import { askSecure, connectSecure, sessionOf } from "./support.ts";

const names = ["a.test", "b.test", "client-ca"] as const;
const files: Record<string, string> = {};

beforeAll(async () => {
  for (const name of names) {
    const { cert, key } = await certificateFor(name, { isAuthority: name === "client-ca" });
    files[`${name}.crt`] = cert;
    files[`${name}.key`] = key;
  }
  const ca = { cert: files["client-ca.crt"] ?? "", key: files["client-ca.key"] ?? "" };
  const client = await certificateFor("client", { by: ca });
  files["client.crt"] = client.cert;
  files["client.key"] = client.key;
});
afterEach(stopAll);

const pair = (name: string): string => `SSLEngine on
SSLCertificateFile FOLDER/${name}.crt
SSLCertificateKeyFile FOLDER/${name}.key
`;

const host = (name: string, lines: string): string => `<VirtualHost *>
ServerName ${name}
Redirect /who /host-${name}
${lines}</VirtualHost>
`;

/** As the server that these expectations were recorded from: httpd 2.4.71, `SSLVHostSNIPolicy secure`. */
const hosts =
  host("a.test", pair("a.test")) +
  host("b.test", pair("b.test")) +
  host("a2.test", pair("a.test")) +
  host("a3.test", `${pair("a.test")}SSLProtocol TLSv1.3\n`) +
  host("cl.test", `${pair("a.test")}SSLVerifyClient require\nSSLCACertificateFile FOLDER/client-ca.crt\n`) +
  host("plain.test", "");

describe("virtual hosts on one address", () => {
  test.each([
    ["a.test", "a.test", "a.test", "a.test"],
    ["a.test", "b.test", "a.test", 421],
    ["a.test", "a2.test", "a.test", "a2.test"],
    ["a.test", "a3.test", "a.test", 421],
    ["a.test", "plain.test", "a.test", 421],
    ["a.test", "cl.test", "a.test", 421],
    ["a.test", "unknown.test", "a.test", "a.test"],
    ["unknown.test", "b.test", "a.test", 421],
    ["unknown.test", "a.test", "a.test", "a.test"],
    ["plain.test", "plain.test", "a.test", "plain.test"],
    ["plain.test", "a.test", "a.test", 421],
    ["b.test", "a.test", "b.test", 421],
    ["b.test", "b.test", "b.test", "b.test"],
    ["b.test", "unknown.test", "b.test", 421],
    ["A2.TEST", "a2.test", "a.test", "a2.test"],
    ["", "a.test", "a.test", "a.test"],
    ["", "b.test", "a.test", 421],
    ["", "cl.test", "a.test", 421],
    ["", "plain.test", "a.test", 421],
  ])(
    "a handshake for %p and a request for %p: the certificate of %p, and %p",
    async (servername, name, certificate, end) => {
      const { port } = await startTestServer(hosts, files);
      const answer = await askSecure(port, { servername, host: name, path: "/who" });
      expect(answer.certificate).toBe(certificate);
      expect([answer.status, /Location: https:\/\/\S+?\/host-(\S+)/.exec(answer.text)?.[1]]).toEqual(
        typeof end === "number" ? [end, undefined] : [302, end],
      );
    },
  );

  test("SSLStrictSNIVHostCheck keeps those out that name no host", async () => {
    const { port } = await startTestServer(`SSLStrictSNIVHostCheck on\n${hosts}`, files);
    expect((await askSecure(port, { servername: "", host: "a.test" })).status).toBe(403);
    expect((await askSecure(port, { servername: "a.test", host: "a.test" })).status).toBe(200);
  });

  test("a session that began with one host is not taken up by another", async () => {
    const { port } = await startTestServer(hosts, files);
    for (const maxVersion of ["TLSv1.2", "TLSv1.3"] as const) {
      const ticket = await sessionOf(port, { servername: "a.test", maxVersion });
      if (ticket === null) throw new Error("no session");
      const again = await askSecure(port, { servername: "a.test", session: ticket, maxVersion });
      expect([again.reused, again.status]).toEqual([true, 200]);
      for (const servername of ["b.test", "a3.test"]) {
        if (servername === "a3.test" && maxVersion === "TLSv1.2") continue;
        const other = await askSecure(port, { servername, session: ticket, maxVersion });
        expect([other.reused, other.status]).toEqual([false, 200]);
      }
    }
  });
});

describe("certificates of clients", () => {
  const client = () => ({ cert: files["client.crt"] ?? "", key: files["client.key"] ?? "" });
  const asking = (words: string): string => `${pair("a.test")}SSLCACertificateFile FOLDER/client-ca.crt\n${words}\n`;
  const attempt = async (port: number, more: Parameters<typeof askSecure>[1]): Promise<number> =>
    askSecure(port, { servername: "front", ...more }).then(
      ({ status }) => status,
      () => 0,
    );

  test("a host that requires one is there for those who have a good one", async () => {
    const { port } = await startTestServer(asking("SSLVerifyClient require"), files);
    const stranger = await certificateFor("client");
    expect(await attempt(port, client())).toBe(200);
    expect(await attempt(port, {})).toBe(0);
    expect(await attempt(port, stranger)).toBe(0);
    expect(await attempt(port, { ...client(), maxVersion: "TLSv1.2" })).toBe(200);
    expect(await attempt(port, { maxVersion: "TLSv1.2" })).toBe(0);
  });

  test("an optional one may be missing, but not be bad", async () => {
    const { port } = await startTestServer(asking("SSLVerifyClient optional"), files);
    expect(await attempt(port, client())).toBe(200);
    expect(await attempt(port, {})).toBe(200);
    expect(await attempt(port, await certificateFor("client"))).toBe(0);
  });

  test("no session of a host that asks for one is taken up again", async () => {
    const { port } = await startTestServer(asking("SSLVerifyClient optional"), files);
    for (const maxVersion of ["TLSv1.2", "TLSv1.3"] as const) {
      const session = await sessionOf(port, { servername: "front", maxVersion });
      const again = await askSecure(port, {
        servername: "front",
        maxVersion,
        ...(session === null ? {} : { session }),
      });
      expect([again.reused, again.status]).toEqual([false, 200]);
    }
  });

  test("SSLVerifyDepth counts the authorities between", async () => {
    const root = await certificateFor("root", { isAuthority: true });
    const between = await certificateFor("between", { isAuthority: true, by: root });
    const leaf = await certificateFor("leaf", { by: between });
    // Both, because Node 24 does not tell a server what a client sends along.
    const own = { ...files, "root.crt": root.cert + between.cert };
    const chain = { cert: leaf.cert + between.cert, key: leaf.key };
    const lines = `${pair("a.test")}SSLCACertificateFile FOLDER/root.crt\nSSLVerifyClient require\n`;
    const shallow = await startTestServer(lines, own);
    expect(await attempt(shallow.port, chain)).toBe(0);
    const deep = await startTestServer(`${lines}SSLVerifyDepth 2\n`, own);
    expect(await attempt(deep.port, chain)).toBe(200);
    const nearer = await certificateFor("near", { by: root });
    expect(await attempt(shallow.port, nearer)).toBe(200);
  });

  test("without TLS such a host answers nobody", async () => {
    const text = `<VirtualHost *>\nServerName open.test\n</VirtualHost>\n${host("cl.test", asking("SSLVerifyClient require"))}`;
    const { port } = await startTestServer(text, files);
    const ask = (name: string) => exchangeRaw(port, `GET / HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
    expect(await ask("cl.test")).toMatch(/^HTTP\/1\.1 403 /);
    expect(await ask("open.test")).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe("a port with TLS", () => {
  test("answers HTTP without TLS with 400 and says why", async () => {
    const { port } = await startTestServer(pair("a.test"), files);
    for (const line of ["GET / HTTP/1.1", "POST /x HTTP/1.0", "BREW / HTTP/1.1"]) {
      const answer = await exchangeRaw(port, `${line}\r\nHost: a.test\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[^]*HTTP over TLS/);
    }
  });

  test("takes a handshake that comes byte by byte", async () => {
    const { port } = await startTestServer(hosts, files);
    const upstream = connectPlain(port, "127.0.0.1");
    await once(upstream, "connect");
    upstream.setNoDelay(true);
    const { Duplex } = await import("node:stream");
    let first = true;
    const slow = new Duplex({
      read: () => undefined,
      write(chunk: Buffer, _encoding, done) {
        if (!first) {
          upstream.write(chunk, done);
          return;
        }
        first = false;
        void (async () => {
          for (const byte of chunk) {
            upstream.write(Buffer.from([byte]));
            await new Promise((resolve) => setImmediate(resolve));
          }
          done();
        })();
      },
    });
    upstream.on("data", (chunk: Buffer) => slow.push(chunk));
    upstream.on("end", () => slow.push(null));
    const { connect } = await import("node:tls");
    const socket = connect({ socket: slow, servername: "b.test", rejectUnauthorized: false });
    await once(socket, "secureConnect");
    expect(socket.getPeerCertificate().subject.CN).toBe("b.test");
    socket.destroy();
    upstream.destroy();
  });

  test("gives servers behind it the scheme, and the host in a redirect of its own", async () => {
    const seen: string[] = [];
    const backend = await startBackend("web1", (request, response) => {
      seen.push(String(request.headers["x-forwarded-proto"]), String(request.headers.forwarded));
      response.end("ok");
    });
    const balanced = `AcceptStats 127.0.0.0/8\nBackhand byRandom\nBackhand removeSelf\n${pair("a.test")}`;
    const { port, announce } = await startTestServer(balanced, files);
    announce(backend);
    expect((await askSecure(port, { servername: "front", path: "/x" })).status).toBe(200);
    expect(seen).toEqual(["https", 'for=127.0.0.1;host="front";proto=https']);
  });

  test("sends large files whole and takes large bodies", async () => {
    const big = "0123456789abcdef".repeat(200_000);
    const backend = await startBackend("web1", (request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (chunk: Buffer) => parts.push(chunk));
      request.on("end", () => response.end(Buffer.concat(parts)));
    });
    const balanced = `AcceptStats 127.0.0.0/8\nBackhand byRandom\nBackhand removeSelf\n${pair("a.test")}`;
    const { port, announce } = await startTestServer(balanced, files);
    announce(backend);
    const head = `POST / HTTP/1.1\r\nHost: front\r\nConnection: close\r\nContent-Length: ${big.length}\r\n\r\n`;
    const { text } = await askSecure(port, { servername: "front", bytes: head + big });
    expect(text.endsWith(`\r\n\r\n${big}`)).toBe(true);
  });

  test("a handshake that is over has no limit of time any more, and one that is not is cut when the server stops", async () => {
    const { port, server } = await startTestServer(`Timeout 1\n${pair("a.test")}`, files);
    const socket = await connectSecure(port, { servername: "front" });
    let text = "";
    socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
    const request = "GET / HTTP/1.1\r\nHost: front\r\n\r\n";
    socket.write(request);
    await eventually(() => text.includes("home"), "it is answered");
    await new Promise((resolve) => setTimeout(resolve, 1300));
    socket.write(request);
    await eventually(() => text.split("home").length === 3, "it is answered again");
    socket.destroy();
    const unfinished = connectPlain(port, "127.0.0.1");
    await once(unfinished, "connect");
    unfinished.write("\x16\x03\x01");
    const closed = new Promise((resolve) => unfinished.on("error", () => undefined).once("close", resolve));
    await server.close();
    await closed;
  });

  test("closes what says nothing and what is no handshake, and notes it", async () => {
    const { port, stderr } = await startTestServer(`Timeout 1\nLogLevel info\n${pair("a.test")}`, files);
    const silent = connectPlain(port, "127.0.0.1");
    const closed = once(silent, "close");
    await exchangeRaw(port, "\x16\x03\x01\x00\x05hello");
    await exchangeRaw(port, "\x80\x01\x02");
    await closed;
    expect(stderr()).toMatch(/took too long/);
    expect(stderr()).toMatch(/\[client 127\.0\.0\.1\] [^\n]*(?:SSL|ssl)/);
    expect((await askSecure(port, { servername: "front" })).status).toBe(200);
  });
});

describe("what the lines say", () => {
  test("SSLProtocol and SSLCipherSuite limit what is spoken", async () => {
    const lines = "SSLProtocol -all +TLSv1.2\nSSLCipherSuite ECDHE-ECDSA-AES256-GCM-SHA384\n";
    const { port } = await startTestServer(pair("a.test") + lines, files);
    const { protocol, cipher } = await askSecure(port, { servername: "front" });
    expect([protocol, cipher]).toEqual(["TLSv1.2", "ECDHE-ECDSA-AES256-GCM-SHA384"]);
    await expect(askSecure(port, { servername: "front", minVersion: "TLSv1.3" })).rejects.toThrow(/alert|version/);
  });

  test("TLS 1.1 is spoken where a line asks for it, and not without one", async () => {
    const old = {
      servername: "front",
      minVersion: "TLSv1.1",
      maxVersion: "TLSv1.1",
      ciphers: "ALL:@SECLEVEL=0",
    } as const;
    const weak = `${pair("a.test")}SSLCipherSuite ALL:@SECLEVEL=0\n`;
    const asked = await startTestServer(`${weak}SSLProtocol all\n`, files);
    expect((await askSecure(asked.port, old)).protocol).toBe("TLSv1.1");
    const silent = await startTestServer(weak, files);
    await expect(askSecure(silent.port, old)).rejects.toThrow(/alert|version/);
    expect((await askSecure(silent.port, { servername: "front" })).protocol).toBe("TLSv1.3");
  });

  test("SSLHonorCipherOrder lets the order of the line decide, and not that of the client", async () => {
    const names = ["ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-AES128-GCM-SHA256"];
    const client = { servername: "front", maxVersion: "TLSv1.2", ciphers: names.toReversed().join(":") } as const;
    const lines = `${pair("a.test")}SSLCipherSuite ${names.join(":")}\n`;
    for (const [word, cipher] of [
      ["on", names[0]],
      ["off", names[1]],
    ]) {
      const { port } = await startTestServer(`${lines}SSLHonorCipherOrder ${word ?? ""}\n`, files);
      expect((await askSecure(port, client)).cipher).toBe(cipher);
    }
  });

  test("two certificates serve clients of both kinds", async () => {
    const rsa = await certificateFor("rsa.test", { keyType: "rsa" });
    const both = `${pair("a.test")}SSLCertificateFile FOLDER/rsa.crt\nSSLCertificateKeyFile FOLDER/rsa.key\n`;
    const { port } = await startTestServer(both, { ...files, "rsa.crt": rsa.cert, "rsa.key": rsa.key });
    const ask = (ciphers: string) => askSecure(port, { servername: "front", maxVersion: "TLSv1.2", ciphers });
    expect((await ask("ECDHE-ECDSA-AES128-GCM-SHA256")).certificate).toBe("a.test");
    expect((await ask("ECDHE-RSA-AES128-GCM-SHA256")).certificate).toBe("rsa.test");
  });

  test("a certificate file may hold the key, and a chain file goes to the client", async () => {
    const root = await certificateFor("root", { isAuthority: true });
    const between = await certificateFor("between", { isAuthority: true, by: root });
    const leaf = await certificateFor("leaf.test", { by: between });
    const own = { "both.pem": leaf.cert + leaf.key, "chain.pem": between.cert };
    const lines = "SSLEngine on\nSSLCertificateFile FOLDER/both.pem\nSSLCertificateChainFile FOLDER/chain.pem\n";
    const { port } = await startTestServer(lines, own);
    const { status } = await askSecure(port, { servername: "leaf.test", ca: root.cert });
    expect(status).toBe(200);
  });

  test("SSLSessionTicketKeyFile makes the sessions of one server good for another", async () => {
    const keys = `${pair("a.test")}SSLSessionTicketKeyFile FOLDER/tickets\n`;
    const own = { ...files, tickets: "k".repeat(48) };
    const one = await startTestServer(keys, own);
    const two = await startTestServer(keys, own);
    const session = await sessionOf(one.port, { servername: "front" });
    if (session === null) throw new Error("no session");
    const answer = await askSecure(two.port, { servername: "front", session });
    expect([answer.reused, answer.status]).toEqual([true, 200]);
  });
});

describe("what cannot be used keeps it from starting, with the line", () => {
  test.each<[string, string, RegExp]>([
    [
      "a key of another certificate",
      "SSLEngine on\nSSLCertificateFile FOLDER/a.test.crt\nSSLCertificateKeyFile FOLDER/b.test.key",
      /b\.test\.key \(SSLCertificateKeyFile, .*httpd\.conf:7\): It is not the key of .*a\.test\.crt/,
    ],
    [
      "a file that is not there",
      "SSLEngine on\nSSLCertificateFile FOLDER/none.crt",
      /none\.crt \(SSLCertificateFile, .*httpd\.conf:6\): .*ENOENT/,
    ],
    [
      "a key with a password",
      "SSLEngine on\nSSLCertificateFile FOLDER/a.test.crt\nSSLCertificateKeyFile FOLDER/locked.key",
      /locked\.key .*has a password/,
    ],
    ["text that is no certificate", "SSLEngine on\nSSLCertificateFile FOLDER/htdocs/index.html", /Expected PEM/],
    [
      "a certificate without a key",
      "SSLEngine on\nSSLCertificateFile FOLDER/a.test.crt",
      /Expected PEM with "BEGIN PRIVATE KEY"/,
    ],
    [
      "no certificate at all",
      "SSLEngine on",
      /SSLEngine: Expected an SSLCertificateFile: there is none for this host \(.*httpd\.conf:5\)/,
    ],
    ["ciphers that nobody knows", `${pair("a.test")}SSLCipherSuite NO-SUCH`, /SSLCipherSuite \(.*httpd\.conf:8\)/],
    [
      "only protocols that are gone",
      `${pair("a.test")}SSLProtocol SSLv3`,
      /SSLProtocol: Expected a protocol .*httpd\.conf:8/,
    ],
    ["a protocol that nobody knows", `${pair("a.test")}SSLProtocol TLSv9`, /Unknown protocol "TLSv9"/],
    [
      "clients without an authority",
      `${pair("a.test")}SSLVerifyClient require`,
      /SSLVerifyClient: Expected an SSLCACertificateFile/,
    ],
    ["ticket keys of another size", `${pair("a.test")}SSLSessionTicketKeyFile FOLDER/a.test.crt`, /Expected 48 bytes/],
  ])("%s", async (_name, lines, message) => {
    const { createPrivateKey } = await import("node:crypto");
    const locked = createPrivateKey(files["a.test.key"] ?? "").export({
      type: "pkcs8",
      format: "pem",
      cipher: "aes-256-cbc",
      passphrase: "x",
    });
    const own = { ...files, "locked.key": String(locked) };
    await expect(startTestServer(`${lines}\n`, own)).rejects.toThrow(message);
  });

  test("an expired certificate is told and served", async () => {
    const old = await certificateFor("old.test", { from: new Date(2001, 1), until: new Date(2002, 1) });
    const lines = "SSLEngine on\nSSLCertificateFile FOLDER/old.pem\n";
    const { port, stderr } = await startTestServer(lines, { "old.pem": old.cert + old.key });
    expect(stderr()).toMatch(/httpd\.conf:6: .*old\.pem has expired: it was good until .*2002/);
    expect((await askSecure(port, { servername: "front" })).status).toBe(200);
  });
});

test("a reload brings new certificates, keeps connections, and keeps the old ones when the new are bad", async () => {
  const { port, server, folder } = await startTestServer(pair("a.test"), files);
  const socket = await connectSecure(port, { servername: "front" });
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const { writeFileSync } = await import("node:fs");
  const { table } = server.current().prepared;
  writeFileSync(`${folder}/a.test.crt`, readFileSync(`${folder}/b.test.crt`));
  await expect(server.reload({ table, accessFiles: null })).rejects.toThrow(/It is not the key of/);
  expect((await askSecure(port, { servername: "front" })).certificate).toBe("a.test");
  writeFileSync(`${folder}/a.test.key`, readFileSync(`${folder}/b.test.key`));
  await server.reload({ table, accessFiles: null });
  expect((await askSecure(port, { servername: "front" })).certificate).toBe("b.test");
  const closed = once(socket, "close");
  socket.write("GET / HTTP/1.1\r\nHost: front\r\nConnection: close\r\n\r\n");
  await closed;
  expect(text).toMatch(/^HTTP\/1\.1 200 /);
});

test.each([
  ["HTTPRedirectToIP", /^Location: https:\/\/127\.0\.0\.1\/app\/x\?y\r$/m],
  ["HTTPRedirectToName %H", /^Location: https:\/\/front\/app\/x\?y\r$/m],
])("%s sends a client that came by TLS to another server by https", async (line, location) => {
  const { cert, key } = await certificateFor("front");
  const { port, announce } = await startTestServer(
    `SSLEngine on\nSSLCertificateFile FOLDER/front.pem\nAcceptStats 127.0.0.0/8\nBackhand removeSelf\nBackhand bySession\nBackhand ${line}\n`,
    { "front.pem": cert + key },
  );
  announce({ id: "web1", port: 8001 });
  const { status, text } = await askSecure(port, { servername: "front", path: "/app/x?y" });
  expect(status).toBe(302);
  expect(text).toMatch(location);
});
