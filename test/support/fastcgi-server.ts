import { once } from "node:events";
import { createServer, type Server } from "node:net";

// FastCGI 1.0, 3.3: types of records.
const BEGIN = 1;
const END = 3;
const PARAMS = 4;
const STDIN = 5;
const STDOUT = 6;

const HEAD = 8;

/** Answers each request of the FastCGI protocol with what it was told, as JSON of names and values. */
export async function startFastcgi(port: number): Promise<Server> {
  const server = createServer((socket) => {
    let waiting: Buffer = Buffer.alloc(0);
    let told: Buffer = Buffer.alloc(0);
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk]);
      for (;;) {
        if (waiting.length < HEAD) return;
        const length = waiting.readUInt16BE(4);
        const whole = HEAD + length + waiting.readUInt8(6);
        if (waiting.length < whole) return;
        const [type, id] = [waiting.readUInt8(1), waiting.readUInt16BE(2)];
        const content = waiting.subarray(HEAD, HEAD + length);
        waiting = waiting.subarray(whole);
        if (type === BEGIN) told = Buffer.alloc(0);
        if (type === PARAMS) told = Buffer.concat([told, content]);
        if (type !== STDIN || length > 0) continue;
        const body = `Content-Type: application/json\r\n\r\n${JSON.stringify(Object.fromEntries(pairsOf(told)))}`;
        socket.end(
          Buffer.concat([record(STDOUT, id, Buffer.from(body)), record(STDOUT, id), record(END, id, Buffer.alloc(8))]),
        );
      }
    });
  }).listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function record(type: number, id: number, content: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(HEAD);
  head.writeUInt8(1, 0);
  head.writeUInt8(type, 1);
  head.writeUInt16BE(id, 2);
  head.writeUInt16BE(content.length, 4);
  return Buffer.concat([head, content]);
}

function pairsOf(bytes: Buffer): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  let at = 0;
  const size = (): number => {
    const first = bytes.readUInt8(at);
    const isLong = first > 127;
    const value = isLong ? bytes.readUInt32BE(at) & 0x7f_ff_ff_ff : first;
    at += isLong ? 4 : 1;
    return value;
  };
  while (at < bytes.length) {
    const [name, value] = [size(), size()];
    found.push([bytes.toString("latin1", at, at + name), bytes.toString("latin1", at + name, at + name + value)]);
    at += name + value;
  }
  return found;
}
