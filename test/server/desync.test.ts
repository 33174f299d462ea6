import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { eventually, startRawBackend, stopAll } from "../proxy/support.ts";
import { readStrictly } from "./strict-reader.ts";
import type { StrictReading } from "./strict-reader.ts";
import { startTestServer } from "./support.ts";

/** Bytes as Latin-1, or a text many times. */
type Piece = string | { readonly repeat: string; readonly times: number };

interface Vector {
  readonly name: string;
  readonly send: readonly Piece[];
  /** What the answers may say; each of them says one of these. */
  readonly status: readonly number[];
  /** The requests that may reach the server behind, with their bodies and, where it matters, hosts; all of them must. */
  readonly reaches: readonly (readonly [line: string, body: string, host?: string])[];
}

const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, "../data/desync-vectors.json"), "utf8"),
) as readonly Vector[];

const configuration = `AcceptStats 127.0.0.0/8
<Location />
Backhand byRandom
Backhand removeSelf
</Location>
<Location /small>
LimitRequestBody 1000
</Location>
`;

interface World {
  readonly port: number;
  /** What the server behind was sent since the last call, a text for each connection. */
  readonly take: () => readonly string[];
  /** Requests that the balancer handles now. */
  readonly busy: () => number;
}

/** A balancer before a server that records every byte, and answers what a strict reader takes for a request. */
async function startWorld(): Promise<World> {
  const received: string[] = [];
  const counts: number[] = [];
  const backend = await startRawBackend("recorder", (socket) => {
    const index = received.push("") - 1;
    counts[index] = 0;
    socket.on("data", (chunk: Buffer) => {
      received[index] = (received[index] ?? "") + chunk.toString("latin1");
      let reading: StrictReading;
      try {
        reading = readStrictly(received[index] ?? "");
      } catch {
        // The test finds it again.
        socket.destroy();
        return;
      }
      for (let next = counts[index] ?? 0; next < reading.requests.length; next += 1) {
        counts[index] = next + 1;
        const isHead = reading.requests[next]?.line.startsWith("HEAD ") === true;
        socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n${isHead ? "" : "ok"}`);
      }
    });
    socket.on("end", () => socket.end());
  });
  const { port, announce, server } = await startTestServer(configuration);
  announce(backend);
  const take = (): readonly string[] => {
    const taken = received.slice();
    received.fill("");
    counts.fill(0);
    return taken;
  };
  return { port, take, busy: server.busy };
}

/** Sends a vector and reads until the other side closes. */
async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => {
      socket.destroy();
      reject(new Error(`The connection stays open after ${Buffer.concat(chunks).toString("latin1")}`));
    }, 4000);
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", () => undefined);
    socket.once("close", () => {
      clearTimeout(late);
      resolve();
    });
    socket.write(bytes, "latin1");
  });
  return Buffer.concat(chunks).toString("latin1");
}

describe("bytes that two servers could read in two ways", () => {
  let world: World | null = null;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(stopAll);

  test("the vectors are many and each of its own", () => {
    expect(new Set(vectors.map(({ send }) => JSON.stringify(send))).size).toBe(vectors.length);
    expect(vectors.length).toBeGreaterThanOrEqual(320);
  });

  test.each(vectors.map((vector) => [vector.name, vector] as const))("%s", async (_name, vector) => {
    if (world === null) throw new Error("nothing was started");
    const { port, take, busy } = world;
    const bytes = vector.send.map((piece) => (typeof piece === "string" ? piece : piece.repeat.repeat(piece.times)));
    const answers = await exchange(port, bytes.join(""));
    await eventually(() => busy() === 0, "all requests are over");
    // What was sent on in the last moment has arrived now: it takes the same way through this process.
    await new Promise((resolve) => setTimeout(resolve, 10));
    const reached = take().map(readStrictly);
    const statuses = [...answers.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
    expect(statuses.filter((status) => !vector.status.includes(status))).toEqual([]);
    expect(statuses.length).toBeGreaterThan(0);
    const requests = reached.flatMap(({ requests: whole }) => whole);
    expect(requests.map(({ line, body }) => [line, body]).toSorted()).toEqual(
      vector.reaches.map(([line, body]) => [line, body]).toSorted(),
    );
    for (const [line, , host] of vector.reaches) {
      if (host === undefined) continue;
      const fields = requests.find((request) => request.line === line)?.fields ?? [];
      expect(fields.find(([name]) => name === "host")?.[1]).toBe(host);
    }
    // A body is relayed as it comes: what is left of one that turned out to be none is a head and a cut.
    for (const { rest } of reached) expect(rest).toMatch(/^(?:POST \/(?:p|small) HTTP\/1\.1\r\n[^]*)?$/);
  });
});
