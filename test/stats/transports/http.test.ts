import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { BusTarget } from "../../../src/stats/bus-target.ts";
import { readBusTarget } from "../../../src/stats/bus-target.ts";
import type { Received, TransportDefinition } from "../../../src/stats/transport.ts";
import { http } from "../../../src/stats/transports/http.ts";
import type { PostingHub } from "../../support/posting-hub.ts";
import { postingHub } from "../../support/posting-hub.ts";
import { testTransport, until } from "../../support/transport-contract.ts";

function targetOf(port: number, path = "heartbeat"): BusTarget {
  const target = readBusTarget(`http://127.0.0.1:${port}/${path}`);
  if ("error" in target) throw new Error(target.error);
  return target;
}

const options = { interfaceAddress: null, listens: false };

describe("http", () => {
  let hub: PostingHub | null = null;
  const receivers = new Set<(datagram: Received) => void>();

  beforeAll(async () => {
    hub = await postingHub({
      receive(datagram) {
        for (const receive of receivers) receive(datagram);
        return "accepted";
      },
    });
  });

  afterAll(() => hub?.close());

  /** The receiving side is the server's; here it is one hub for all who listen. */
  const definition: TransportDefinition<BusTarget> = {
    ...http,
    create(target, all) {
      const sender = http.create(target, all);
      let mine: ((datagram: Received) => void) | null = null;
      return {
        ...sender,
        async start(receive) {
          mine = receive;
          if (all.listens) receivers.add(receive);
          await sender.start(receive);
        },
        async stop() {
          await sender.stop();
          if (mine !== null) receivers.delete(mine);
        },
      };
    },
  };

  testTransport({
    definition,
    target: () => Promise.resolve(targetOf(hub?.port ?? 0)),
    nameOf: ({ hosts }) => `http 127.0.0.1:${hosts[0]?.port ?? 0}/heartbeat`,
  });

  test("has one POST on its way at a time, and then sends the newest", async () => {
    const bodies: string[] = [];
    const release: (() => void)[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.setEncoding("latin1").on("data", (chunk: string) => {
        body += chunk;
      });
      request.on("end", () => {
        bodies.push(body);
        release.push(() => response.end("OK"));
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const errors: Error[] = [];
    const transport = http.create(targetOf((server.address() as AddressInfo).port), {
      ...options,
      onError: (error) => errors.push(error),
    });
    await transport.start(() => {});
    for (const text of ["one", "two", "three"]) transport.send(Buffer.from(text));
    await until(() => bodies.length === 1, "the first");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(bodies).toEqual(["one"]);
    release[0]?.();
    await until(() => bodies.length === 2, "the newest");
    release[1]?.();
    await transport.stop();
    server.close();
    expect(bodies).toEqual(["one", "three"]);
    expect(errors).toEqual([]);
  });

  test("reports a refusal and a dead server once in a minute, and goes on", async () => {
    const server = createServer((_request, response) => response.writeHead(403).end("no"));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const errors: string[] = [];
    const transport = http.create(targetOf((server.address() as AddressInfo).port), {
      ...options,
      onError: (error) => errors.push(`${error.code} ${error.message}`),
    });
    await transport.start(() => {});
    transport.send(Buffer.from("one"));
    await until(() => errors.length > 0, "the report");
    server.closeAllConnections();
    server.close();
    await once(server, "close");
    transport.send(Buffer.from("two"));
    await transport.stop();
    expect(errors).toEqual([expect.stringMatching(/^BACKHAND_TRANSPORT_UNREACHABLE http .*it answers 403$/)]);
  });
});
