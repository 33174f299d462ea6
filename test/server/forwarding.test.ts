import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { eventually, exchangeRaw, startBackend, stopAll } from "../proxy/support.ts";
import { startTestServer } from "./support.ts";

afterEach(stopAll);

/** The forwarding fields, and Via, that a server behind has seen, in its words. */
const told = /^(?:x[-_]forwarded|forwarded|x-backhand-via|via)/i;

/** A server that answers with the fields about forwarding that it got. */
async function teller() {
  return startBackend("web1", (request, response) => {
    const lines: string[] = [];
    for (let at = 0; at < request.rawHeaders.length; at += 2) {
      const [name = "", value = ""] = request.rawHeaders.slice(at, at + 2);
      if (told.test(name)) lines.push(`${name.toLowerCase()}: ${value}`);
    }
    response.end(lines.sort().join("\n"));
  });
}

const trusting = (networks: string): string =>
  `<IfModule mod_backhand_ng.c>\nBackhandTrustedProxy ${networks}\n</IfModule>\n`;

/** One request from an address of this machine's own network; gives the whole answer. */
async function askFrom(port: number, from: string, fields: readonly string[], path = "/app"): Promise<string> {
  const socket = connect({ port, host: "127.0.0.1", localAddress: from });
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
  const head = [`GET ${path} HTTP/1.1`, "Host: a.example", "Connection: close", ...fields];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  await once(socket, "close");
  return text;
}

const bodyOf = (answer: string): readonly string[] =>
  (answer.split("\r\n\r\n")[1] ?? "")
    .split("\r\n")
    .filter((line) => !/^[0-9a-f]*$/.test(line))
    .join("")
    .split("\n");

const spoofed = [
  "X-Forwarded-For: 6.6.6.6",
  "X_Forwarded_For: 6.6.6.7",
  "X-Forwarded-Proto: https",
  "X-Forwarded-Host: evil.example",
  "X-Forwarded-Port: 666",
  'Forwarded: for="[2001:db8::6]";proto=https',
  "X-Backhand-Via: evil",
];

test("of an unknown client nothing of what it says of others arrives", async () => {
  const web1 = await teller();
  const { port } = await startTestServer(`${trusting("127.0.0.2")}ProxyPass /app http://127.0.0.1:${web1.port}/\n`);
  expect(bodyOf(await askFrom(port, "127.0.0.9", spoofed))).toEqual([
    'forwarded: for=127.0.0.9;host="a.example";proto=http',
    "x-backhand-via: front",
    "x-forwarded-for: 127.0.0.9",
    "x-forwarded-host: a.example",
    "x-forwarded-proto: http",
  ]);
});

test("of a trusted proxy all arrives and is added to, but for names that CGI takes for others", async () => {
  const web1 = await teller();
  const { port } = await startTestServer(`${trusting("127.0.0.2")}ProxyPass /app http://127.0.0.1:${web1.port}/\n`);
  expect(bodyOf(await askFrom(port, "127.0.0.2", spoofed))).toEqual([
    'forwarded: for="[2001:db8::6]";proto=https, for=127.0.0.2;host="a.example";proto=http',
    "x-backhand-via: evil, front",
    "x-forwarded-for: 6.6.6.6, 127.0.0.2",
    "x-forwarded-host: evil.example",
    "x-forwarded-port: 666",
    "x-forwarded-proto: https",
  ]);
});

test("several fields of a name are one list, in their order", async () => {
  const web1 = await teller();
  const { port } = await startTestServer(`${trusting("127.0.0.2")}ProxyPass /app http://127.0.0.1:${web1.port}/\n`);
  const fields = ["X-Forwarded-For: 6.6.6.6, 9.9.9.9", "x-forwarded-for: 10.0.0.3"];
  expect(bodyOf(await askFrom(port, "127.0.0.2", fields))).toContain(
    "x-forwarded-for: 6.6.6.6, 9.9.9.9, 10.0.0.3, 127.0.0.2",
  );
});

describe("who the client is, behind a row of proxies", () => {
  test.each<[string, string, readonly string[], string]>([
    ["nobody in between", "127.0.0.9", [], "127.0.0.9"],
    ["one that is trusted", "127.0.0.2", ["X-Forwarded-For: 9.9.9.9"], "9.9.9.9"],
    ["two that are", "127.0.0.2", ["X-Forwarded-For: 9.9.9.9, 127.0.0.3"], "9.9.9.9"],
    ["a stranger before a trusted one", "127.0.0.2", ["X-Forwarded-For: 6.6.6.6, 8.8.8.8"], "8.8.8.8"],
    ["a stranger between trusted ones", "127.0.0.2", ["X-Forwarded-For: 6.6.6.6, 8.8.8.8, 127.0.0.3"], "8.8.8.8"],
    ["a stranger that claims to be trusted", "127.0.0.9", ["X-Forwarded-For: 127.0.0.2"], "127.0.0.9"],
    ["two fields", "127.0.0.2", ["X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 9.9.9.9"], "9.9.9.9"],
    ["IPv6 in brackets", "127.0.0.2", ["X-Forwarded-For: [2001:db8::1]"], "2001:db8::1"],
    ["IPv6 that is trusted", "127.0.0.2", ["X-Forwarded-For: 2001:db8::1, fd00::5"], "2001:db8::1"],
    ["IPv4 written as IPv6", "127.0.0.2", ["X-Forwarded-For: ::ffff:9.9.9.9"], "9.9.9.9"],
    ["what is no address", "127.0.0.2", ["X-Forwarded-For: 9.9.9.9, unknown"], "127.0.0.2"],
    ["an address with a port", "127.0.0.2", ["X-Forwarded-For: 9.9.9.9, 8.8.8.8:5000"], "127.0.0.2"],
  ])("%s", async (_what, from, fields, client) => {
    const web1 = await teller();
    const { port, folder, server } = await startTestServer(`LogFormat "%a" address
CustomLog FOLDER/log address
${trusting("127.0.0.2 127.0.0.3 fd00::/8")}ProxyPass /app http://127.0.0.1:${web1.port}/
<Location /private>
Order deny,allow
Deny from all
Allow from ${client}
</Location>
`);
    await askFrom(port, from, fields);
    // The same address decides who may.
    expect(await askFrom(port, from, fields, "/private")).toMatch(/^HTTP\/1\.1 404 /);
    await eventually(() => server.busy() === 0, "both are over");
    await server.close();
    expect(readFileSync(`${folder}/log`, "latin1")).toBe(`${client}\n${client}\n`);
  });
});

test("through two balancers the server behind sees both, and nothing of what the client made up", async () => {
  const web1 = await teller();
  const inner = await startTestServer(
    `ServerName inner\n${trusting("127.0.0.1")}ProxyPass /app http://127.0.0.1:${web1.port}/\n`,
  );
  const outer = await startTestServer(`ServerName outer\nProxyPass /app http://127.0.0.1:${inner.port}/app\n`);
  expect(bodyOf(await askFrom(outer.port, "127.0.0.9", spoofed))).toEqual([
    `forwarded: for=127.0.0.9;host="a.example";proto=http, for=127.0.0.1;host="127.0.0.1:${inner.port}";proto=http`,
    "x-backhand-via: outer, inner",
    "x-forwarded-for: 127.0.0.9, 127.0.0.1",
    "x-forwarded-host: a.example",
    "x-forwarded-proto: http",
  ]);
});

test("a client of IPv6 stands in brackets and quotes in Forwarded, and bare in X-Forwarded-For", async () => {
  const web1 = await teller();
  const { port } = await startTestServer(
    `RemoteIPProxyProtocol On\n${trusting("127.0.0.0/8")}ProxyPass /app http://127.0.0.1:${web1.port}/\n`,
  );
  const line = "PROXY TCP6 2001:db8::7 2001:db8::1 8080 80\r\n";
  const head = "GET /app HTTP/1.1\r\nHost: [2001:db8::1]:80\r\nConnection: close\r\n";
  // The client that the proxy names is none that may speak for others.
  const answer = await exchangeRaw(port, `${line}${head}X-Forwarded-For: 6.6.6.6\r\n\r\n`);
  expect(bodyOf(answer)).toEqual([
    'forwarded: for="[2001:db8::7]";host="[2001:db8::1]:80";proto=http',
    "x-backhand-via: front",
    "x-forwarded-for: 2001:db8::7",
    "x-forwarded-host: [2001:db8::1]:80",
    "x-forwarded-proto: http",
  ]);
});

describe("ProxyVia", () => {
  test.each<[string, string | null, RegExp]>([
    ["", "1.0 fred, 1.1 p.example", /^Via: 1\.0 inner\r$/gm],
    ["ProxyVia Off", "1.0 fred, 1.1 p.example", /^Via: 1\.0 inner\r$/gm],
    ["ProxyVia On", "1.0 fred, 1.1 p.example, 1.1 front", /^Via: 1\.0 inner\r$|^Via: 1\.1 front\r$/gm],
    [
      "ProxyVia Full",
      "1.0 fred, 1.1 p.example, 1.1 front (Backhand)",
      /^Via: 1\.0 inner\r$|^Via: 1\.1 front \(Backhand\)\r$/gm,
    ],
    ["ProxyVia Block", null, /^Via: 1\.0 inner\r$/gm],
  ])("%j", async (line, request, answer) => {
    const seen: (string | null)[] = [];
    const web1 = await startBackend("web1", (incoming, response) => {
      seen.push(incoming.headers.via ?? null);
      response.setHeader("Via", "1.0 inner");
      response.end("ok");
    });
    const { port } = await startTestServer(
      `ServerTokens Prod\n${line}\nProxyPass /app http://127.0.0.1:${web1.port}/\n`,
    );
    const text = await askFrom(port, "127.0.0.1", ["Via: 1.0 fred", "via: 1.1 p.example"]);
    // Without a line the client's own fields go through as they are, which Node joins.
    expect(seen).toEqual([request]);
    const lines = answer.source.split("|").length;
    expect(text.match(answer)).toHaveLength(lines);
    expect(text.match(/^via:/gim)).toHaveLength(lines);
  });
});
