import { once } from "node:events";
import { createServer as createPlain } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { connect } from "node:tls";
import fc from "fast-check";
import { readGreeting } from "../../../src/server/tls/client-hello.ts";

/** The first bytes of Node's own TLS client. */
async function helloOf(servername: string, maxVersion: "TLSv1.2" | "TLSv1.3"): Promise<Buffer> {
  const server = createPlain();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = connect({ port: (server.address() as AddressInfo).port, servername, maxVersion, host: "127.0.0.1" });
  socket.on("error", () => undefined);
  const [taken] = (await once(server, "connection")) as [Socket];
  const [bytes] = (await once(taken, "data")) as [Buffer];
  socket.destroy();
  taken.destroy();
  server.close();
  return bytes;
}

/** Cuts the one record of a hello into records of other sizes. */
function recut(hello: Buffer, sizes: readonly number[]): Buffer {
  const message = hello.subarray(5);
  const pieces: Buffer[] = [];
  let at = 0;
  for (let index = 0; at < message.length; index += 1) {
    const piece = message.subarray(at, at + (sizes[index] ?? message.length));
    pieces.push(Buffer.from([22, 3, 1, piece.length >> 8, piece.length & 255]), piece);
    at += piece.length;
  }
  return Buffer.concat(pieces);
}

describe.each(["TLSv1.2", "TLSv1.3"] as const)("the hello of a client of %s", (version) => {
  test("names its host, however it is cut, and asks for more until it is whole", async () => {
    const hello = await helloOf("WWW.Example.test", version);
    for (let length = 0; length < hello.length; length += 1) {
      expect(readGreeting(hello.subarray(0, length))).toEqual({ kind: "more" });
    }
    const whole = { kind: "hello", serverName: "www.example.test" };
    expect(readGreeting(hello)).toEqual(whole);
    expect(readGreeting(Buffer.concat([hello, Buffer.from("more")]))).toEqual(whole);
    for (const sizes of [[1, 1, 1, 1], [3, 10, 1], [100], [5, 5, 5, 5, 5, 5, 5]]) {
      expect(readGreeting(recut(hello, sizes))).toEqual(whole);
    }
  });

  test("names nobody when it is cut into more pieces than anybody sends", async () => {
    const hello = await helloOf("www.example.test", version);
    expect(
      readGreeting(
        recut(
          hello,
          Array.from({ length: 40 }, () => 1),
        ),
      ),
    ).toEqual({ kind: "hello", serverName: null });
  });

  test("without a name names nobody", async () => {
    expect(readGreeting(await helloOf("", version))).toEqual({ kind: "hello", serverName: null });
  });
});

test("changed bytes never make it throw, and a name that is read is one", async () => {
  const hello = await helloOf("www.example.test", "TLSv1.3");
  const change = fc.array(fc.tuple(fc.nat(hello.length - 1), fc.nat(255)), { maxLength: 5 });
  fc.assert(
    fc.property(change, fc.nat(hello.length), (changes, length) => {
      const bytes = Buffer.from(hello.subarray(0, length));
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      const greeting = readGreeting(bytes);
      if (greeting.kind === "hello" && greeting.serverName !== null) {
        expect(greeting.serverName).toMatch(/^[a-z0-9_.~:-]{1,255}$/);
      }
    }),
    { numRuns: 5000 },
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void readGreeting(Buffer.from(bytes))));
});

test.each([
  ["GET / HTTP/1.1", "plain"],
  ["POST", "plain"],
  ["\x80\x2e\x01\x00\x02", "hello"],
  ["\0", "hello"],
  ["\x16\x03\x01\x00\x00", "hello"],
  ["\x16\x03\x01\x00\x04\x02\x00\x00\x00", "hello"],
  ["\x16", "more"],
])("%j is %s", (text, kind) => {
  expect(readGreeting(Buffer.from(text, "latin1")).kind).toBe(kind);
});
