import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { addressAndPort } from "../access/address.ts";

/** What HAProxy shall do with this server. */
export type AgentAnswer =
  /** Share of the idle workers, 0 to 1. */
  | { readonly kind: "ready"; readonly idle: number }
  /** No new sessions; those that there are may end. */
  | { readonly kind: "drain" }
  /** The web server does not answer. */
  | { readonly kind: "down" };

/**
 * The line for HAProxy's agent-check. Every state and every weight is named each time, since HAProxy keeps what an answer does
 * not mention. Never `weight:`, which HAProxy 2.6 does not know; never 0 %, which would be draining.
 */
export function agentLine(answer: AgentAnswer): string {
  switch (answer.kind) {
    case "ready":
      return `up ready ${Math.min(100, Math.max(1, Math.round(answer.idle * 100)))}%\n`;
    case "drain":
      return "up drain\n";
    case "down":
      return "down #no-status\n";
    default:
      return answer satisfies never;
  }
}

/** Connections at a time; a handful of HAProxys ask every two seconds. */
const MAX_CONNECTIONS = 50;
/** Longer than any network takes to fetch a line. */
const LIMIT_MS = 2000;

export interface HaproxyAgent {
  /** `127.0.0.1:5555` */
  readonly address: string;
  stop(): Promise<void>;
}

/** Answers everybody who connects with one line, whatever they send. Rejects with what the system says of the address. */
export async function startHaproxyAgent(
  { address, port }: { readonly address: string; readonly port: number },
  answer: () => AgentAnswer,
): Promise<HaproxyAgent> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    const limit = setTimeout(() => socket.destroy(), LIMIT_MS);
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(limit);
      open.delete(socket);
    });
    // Read and thrown away (agent-send): unread bytes would make the end a reset, which may swallow the answer.
    socket.resume();
    socket.end(agentLine(answer()), "latin1");
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.listen({ host: address, port, exclusive: true });
  await once(server, "listening");
  const bound = server.address() as AddressInfo;
  return {
    address: addressAndPort(bound.address, bound.port),
    async stop() {
      server.close();
      for (const socket of open) socket.destroy();
      if (server.listening) await once(server, "close");
    },
  };
}
