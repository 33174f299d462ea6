import { once } from "node:events";
import { connect } from "node:tls";

/** Names and values as they go on the wire, valid or not. */
export type RawFields = readonly (readonly [name: string, value: string])[];

export interface RawStream {
  readonly fields: RawFields;
  /** Of the header block; false: a body follows. */
  readonly ends?: boolean;
  readonly body?: string;
  /** Behind the body; ends the stream in its place. */
  readonly trailers?: RawFields;
  /** The code of a RST_STREAM in the place of the end. */
  readonly resets?: number;
}

const frameTypes = { data: 0, headers: 1, reset: 3, settings: 4, ping: 6, goaway: 7, continuation: 9 } as const;
type FrameType = keyof typeof frameTypes;

export function frame(type: FrameType, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = frameTypes[type];
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** A header block without compression. RFC 7541 6.2.2 */
export function block(fields: RawFields): Buffer {
  const text = (value: string): Buffer => {
    const bytes = Buffer.from(value, "latin1");
    if (bytes.length < 127) return Buffer.concat([Buffer.from([bytes.length]), bytes]);
    const rest: number[] = [];
    let left = bytes.length - 127;
    for (; left >= 128; left = Math.floor(left / 128)) rest.push((left % 128) + 128);
    return Buffer.concat([Buffer.from([127, ...rest, left]), bytes]);
  };
  return Buffer.concat(fields.flatMap(([name, value]) => [Buffer.from([0]), text(name), text(value)]));
}

const statuses = [200, 204, 206, 304, 400, 404, 500];

/** What came back on a stream: a status of the static table, `other` for one that is not in it, or how it ended. */
export type RawEnd = number | "other" | "reset" | "goaway" | "closed";

export interface RawConnection {
  readonly write: (bytes: Buffer) => void;
  /** Resolves with what each stream brought once all are over or the connection is. */
  readonly over: (streams: readonly number[]) => Promise<ReadonlyMap<number, RawEnd>>;
  readonly closed: Promise<void>;
  readonly destroy: () => void;
}

/** Opens an HTTP/2 connection whose every byte is the caller's. */
export async function openRaw(port: number): Promise<RawConnection> {
  const socket = connect({
    port,
    host: "127.0.0.1",
    ALPNProtocols: ["h2"],
    servername: "front",
    rejectUnauthorized: false,
  });
  await once(socket, "secureConnect");
  const ends = new Map<number, RawEnd>();
  const done = new Set<number>();
  let wake: () => void = () => undefined;
  let rest: Buffer = Buffer.alloc(0);
  let isOver = false;
  let sawGoaway = false;
  socket.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 9) {
      const length = rest.readUIntBE(0, 3);
      if (rest.length < 9 + length) break;
      take(rest[3] ?? 0, rest[4] ?? 0, rest.readUInt32BE(5) & 0x7fffffff, rest.subarray(9, 9 + length));
      rest = rest.subarray(9 + length);
    }
    wake();
  });
  socket.on("error", () => undefined);
  const closed = new Promise<void>((resolve) => {
    socket.once("close", () => {
      resolve();
    });
  });
  void closed.then(() => {
    isOver = true;
    wake();
  });
  const take = (type: number, flags: number, stream: number, payload: Buffer): void => {
    if (type === frameTypes.headers && !ends.has(stream)) {
      const first = payload[0] ?? 0;
      const status = statuses[(first & 0x7f) - 8];
      if (first >= 0x80 && status !== undefined) ends.set(stream, status);
      else ends.set(stream, "other");
    }
    if (type === frameTypes.reset) {
      if (!ends.has(stream)) ends.set(stream, "reset");
      done.add(stream);
    }
    if (type === frameTypes.goaway) sawGoaway = true;
    if ((type === frameTypes.headers || type === frameTypes.data) && (flags & 1) !== 0) done.add(stream);
  };
  socket.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  socket.write(frame("settings", 0, 0));
  return {
    write: (bytes) => void socket.write(bytes),
    async over(streams) {
      while (!isOver && !streams.every((stream) => done.has(stream)))
        await new Promise<void>((resolve) => (wake = resolve));
      return new Map(streams.map((stream) => [stream, ends.get(stream) ?? (sawGoaway ? "goaway" : "closed")]));
    },
    closed,
    destroy: () => socket.destroy(),
  };
}

/** The bytes of one request. */
export function streamBytes(id: number, { fields, ends, body, trailers, resets }: RawStream): Buffer {
  const hasMore = ends === false || body !== undefined || trailers !== undefined || resets !== undefined;
  const parts = [frame("headers", hasMore ? 4 : 5, id, block(fields))];
  const closesWithData = trailers === undefined && resets === undefined && ends !== false;
  if (body !== undefined) parts.push(frame("data", closesWithData ? 1 : 0, id, Buffer.from(body, "latin1")));
  if (trailers !== undefined) parts.push(frame("headers", 5, id, block(trailers)));
  if (resets !== undefined) parts.push(frame("reset", 0, id, Buffer.from([0, 0, 0, resets])));
  return Buffer.concat(parts);
}
