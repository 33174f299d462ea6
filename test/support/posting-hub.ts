import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Cluster } from "../../src/stats/cluster.ts";
import { takePosted } from "../../src/stats/take-posted.ts";

/** A server that takes announcements by POST as ours would. */
export interface PostingHub {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on a free port of the loopback and hands what is posted to the view. */
export async function postingHub(cluster: Pick<Cluster, "receive">): Promise<PostingHub> {
  const server = createServer((request, response) => {
    takePosted(request, request.socket.remoteAddress ?? "", cluster).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      () => request.socket.destroy(),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
