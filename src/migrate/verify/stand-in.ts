import { once } from "node:events";
import { createServer, type Server } from "node:http";

import { UPSTREAM_STAMP } from "./sandbox.ts";

/**
 * A server for all members of a cluster: it answers with the name of the balancer that asks, which stands in a field of the
 * request or, from mod_proxy, in front of the path.
 */
export async function startStandIn(port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const [, name = ""] = (request.url ?? "").split("/");
    const field = request.headers[UPSTREAM_STAMP.toLowerCase()];
    response.setHeader(UPSTREAM_STAMP, typeof field === "string" ? field : name);
    response.end();
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}
