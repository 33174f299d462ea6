import { Buffer } from "node:buffer";
import { once } from "node:events";
import type { Socket } from "node:net";
import { connect } from "node:net";

/** An answer as far as the comparison goes. */
export interface RawAnswer {
  readonly status: number;
  /** Values of a field in the order in which they came; several fields and lists are one list. */
  readonly list: (name: string) => readonly string[];
  readonly field: (name: string) => string | null;
}

/** How a connection is made. */
export interface Route {
  readonly address: string;
  readonly port: number;
  readonly from: string;
}

/** Longest wait for an answer on loopback. */
const TIMEOUT_MS = 10_000;

function parseHead(head: string): RawAnswer {
  const [statusLine = "", ...fields] = head.split("\r\n");
  const named = fields.map((line) => {
    const colon = line.indexOf(":");
    return { name: line.slice(0, colon).toLowerCase(), value: line.slice(colon + 1).trim() };
  });
  const values = (name: string): readonly string[] =>
    named.filter((each) => each.name === name.toLowerCase()).map(({ value }) => value);
  return {
    status: Number(statusLine.split(" ")[1]),
    list: (name) => values(name).flatMap((value) => value.split(", ")),
    field: (name) => values(name)[0] ?? null,
  };
}

/** Length of the body behind a head, or null: until the end of the connection. */
function bodyLength(answer: RawAnswer, method: string): number | null {
  if (method === "HEAD" || answer.status === 304 || answer.status === 204) return 0;
  const length = answer.field("Content-Length");
  return length === null ? null : Number(length);
}

interface Connection {
  readonly socket: Socket;
  buffer: string;
  ended: boolean;
  /** Called when something has come. */
  wake: () => void;
}

/** Sends requests byte by byte as they are written, over connections that are kept as long as the server keeps them. */
export class RawClient {
  readonly #connections = new Map<string, Connection>();

  /** `head` is all of the request with its empty line; one character is one byte. */
  async ask(route: Route, method: string, head: string): Promise<RawAnswer> {
    const key = `${route.from} ${route.address} ${route.port}`;
    const kept = this.#connections.get(key);
    if (kept !== undefined && !kept.ended) {
      const answer = await this.#exchange(kept, key, method, head);
      if (answer !== null) return answer;
    }
    const fresh = await this.#open(route, key);
    const answer = await this.#exchange(fresh, key, method, head);
    if (answer === null) throw new Error(`No answer to ${JSON.stringify(head)}`);
    return answer;
  }

  close(): void {
    for (const { socket } of this.#connections.values()) socket.destroy();
    this.#connections.clear();
  }

  async #open({ address, port, from }: Route, key: string): Promise<Connection> {
    const socket = connect({ host: address, port, localAddress: from });
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error("The server does not answer")));
    const connection: Connection = { socket, buffer: "", ended: false, wake: () => {} };
    const end = (): void => {
      connection.ended = true;
      connection.wake();
    };
    socket.on("error", end);
    socket.on("close", end);
    socket.on("end", end);
    socket.on("data", (chunk: Buffer) => {
      connection.buffer += chunk.toString("latin1");
      connection.wake();
    });
    await once(socket, "connect");
    this.#connections.set(key, connection);
    return connection;
  }

  /** Null when a kept connection turns out to be closed. */
  async #exchange(connection: Connection, key: string, method: string, head: string): Promise<RawAnswer | null> {
    const { socket } = connection;
    const forget = (): void => {
      socket.destroy();
      this.#connections.delete(key);
    };
    socket.write(Buffer.from(head, "latin1"));
    for (;;) {
      const end = connection.buffer.indexOf("\r\n\r\n");
      if (end !== -1) {
        const answer = parseHead(connection.buffer.slice(0, end));
        const length = bodyLength(answer, method);
        if (length === null || answer.field("Connection")?.toLowerCase() === "close") {
          forget();
          return answer;
        }
        if (connection.buffer.length >= end + 4 + length) {
          connection.buffer = connection.buffer.slice(end + 4 + length);
          return answer;
        }
      }
      if (connection.ended) {
        forget();
        return end === -1 ? null : parseHead(connection.buffer.slice(0, end));
      }
      await new Promise<void>((resolve) => (connection.wake = resolve));
    }
  }
}
