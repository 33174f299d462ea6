import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { mostHelloBytes, readGreeting } from "./client-hello.ts";
import type { Greeting } from "./client-hello.ts";
import type { SecureFront } from "./secure-front.ts";

/** Where new connections of a server go in: it sees to TLS before anybody reads a request. */
export interface Entrance {
  /** Calls `ready` with the connection to read requests from, if its client comes that far. */
  readonly enter: (socket: Socket, ready: (socket: Socket | TLSSocket) => void) => void;
  /** Closes connections that have not come through. */
  readonly destroyAll: () => void;
}

export interface EntranceWorld {
  /** Of the configuration that is read last; null: nobody speaks TLS. */
  readonly front: () => SecureFront | null;
  /** Most time for a handshake, in milliseconds. */
  readonly handshakeMs: () => number;
  /** A connection that came to nothing: for the log. */
  readonly failed: (socket: Socket, why: string) => void;
  /** Somebody speaks HTTP without TLS where TLS is spoken; the connection is to be answered and closed. */
  readonly plainHttp: (socket: Socket) => void;
}

export function createEntrance({ front, handshakeMs, failed, plainHttp }: EntranceWorld): Entrance {
  const waiting = new Set<Socket>();
  return {
    enter(socket, ready) {
      const secure = front();
      if (secure?.isSecure(socket.localAddress ?? "", socket.localPort ?? 0) !== true) {
        ready(socket);
        return;
      }
      waiting.add(socket);
      const late = setTimeout(() => {
        failed(socket, "The TLS handshake took too long");
        socket.destroy();
      }, handshakeMs());
      const settled = (): void => {
        clearTimeout(late);
        waiting.delete(socket);
      };
      socket.on("error", () => undefined);
      socket.once("close", settled);
      greet(socket, (greeting) => {
        if (greeting.kind === "plain") {
          settled();
          plainHttp(socket);
          return;
        }
        secure.begin(socket, greeting.serverName, {
          opened(encrypted) {
            settled();
            ready(encrypted);
          },
          failed(why) {
            failed(socket, why);
          },
        });
      });
    },
    destroyAll() {
      for (const socket of waiting) socket.destroy();
    },
  };
}

/** Looks at the first bytes of a connection and leaves them unread. */
function greet(socket: Socket, done: (greeting: Exclude<Greeting, { readonly kind: "more" }>) => void): void {
  let gathered: Buffer = Buffer.alloc(0);
  const look = (): void => {
    for (let chunk = socket.read() as Buffer | null; chunk !== null; chunk = socket.read() as Buffer | null) {
      gathered = gathered.length === 0 ? chunk : Buffer.concat([gathered, chunk]);
      if (gathered.length > mostHelloBytes) break;
    }
    const greeting = readGreeting(gathered);
    if (greeting.kind === "more") return;
    socket.off("readable", look);
    socket.off("end", leave);
    socket.unshift(gathered);
    done(greeting);
  };
  const leave = (): void => {
    socket.destroy();
  };
  socket.on("readable", look);
  socket.on("end", leave);
}
