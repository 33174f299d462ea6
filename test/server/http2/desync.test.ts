import { readFileSync } from "node:fs";
import { join } from "node:path";
import { eventually, startRawBackend, stopAll } from "../../proxy/support.ts";
import { certificateFor } from "../../support/certificates.ts";
import { readStrictly } from "../strict-reader.ts";
import type { StrictReading } from "../strict-reader.ts";
import { startTestServer } from "../support.ts";
import { openRaw, streamBytes } from "./raw-client.ts";
import type { RawEnd, RawFields } from "./raw-client.ts";

interface Vector {
  readonly name: string;
  /** All fields of the head; else those behind an ordinary one. */
  readonly head?: RawFields;
  readonly fields?: RawFields;
  readonly method?: string;
  readonly body?: string;
  readonly trailers?: RawFields;
  readonly resets?: number;
  readonly status: readonly RawEnd[];
  /**
   * The requests that must reach the server behind: line, body, host, a field; or `any`: at most the request itself, `part`: no
   * whole request, `head`: at most the request without a body, `clean`: at most the request without the field in question, which nghttp2 drops.
   */
  readonly reaches:
    | "any"
    | "part"
    | "head"
    | "clean"
    | readonly (readonly [line: string, body: string, host?: string | null, field?: readonly [string, string]])[];
}

const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../data/http2-desync-vectors.json"), "utf8"),
) as readonly Vector[];

/** What every request has on its way to a server. */
const usual = /^(?:host|x-forwarded-(?:for|proto|host)|forwarded|x-backhand-via|transfer-encoding)$/;

const configuration = `Protocols h2 http/1.1
SSLEngine on
SSLCertificateFile FOLDER/front.pem
AcceptStats 127.0.0.0/8
Backhand byRandom
Backhand removeSelf
`;

async function startWorld() {
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
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      }
    });
    socket.on("end", () => socket.end());
  });
  const { cert, key } = await certificateFor("front");
  const { port, announce, server } = await startTestServer(configuration, { "front.pem": cert + key });
  announce(backend);
  const take = (): readonly string[] => {
    const taken = received.slice();
    received.fill("");
    counts.fill(0);
    return taken;
  };
  return { port, take, busy: server.busy };
}

describe("requests of HTTP/2 that would be something else in HTTP/1.1", () => {
  let world: Awaited<ReturnType<typeof startWorld>> | null = null;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(stopAll);

  test("the vectors are many and each of its own", () => {
    expect(new Set(vectors.map(({ name: _, ...rest }) => JSON.stringify(rest))).size).toBe(vectors.length);
    expect(vectors.length).toBeGreaterThanOrEqual(135);
  });

  test.each(vectors.map((vector) => [vector.name, vector] as const))("%s", async (_name, vector) => {
    if (world === null) throw new Error("nothing was started");
    const { port, take, busy } = world;
    const { method = "GET", fields = [], head, body, trailers, resets } = vector;
    const ordinary: RawFields = [
      [":method", method],
      [":scheme", "https"],
      [":authority", "front"],
      [":path", "/"],
    ];
    const connection = await openRaw(port);
    const more = { ...(body === undefined ? {} : { body }), ...(trailers === undefined ? {} : { trailers }) };
    const request = { fields: head ?? [...ordinary, ...fields], ...more, ...(resets === undefined ? {} : { resets }) };
    connection.write(streamBytes(1, request));
    let end: RawEnd | undefined = "reset";
    if (resets === undefined) end = (await connection.over([1])).get(1);
    else await new Promise((resolve) => setTimeout(resolve, 30));
    connection.destroy();
    await eventually(() => busy() === 0, "all requests are over");
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(vector.status).toContain(end);
    const reached = take().map(readStrictly);
    const requests = reached.flatMap(({ requests: whole }) => whole);
    for (const { rest } of reached) expect(rest).toMatch(/^(?:[A-Z]+ \/ HTTP\/1\.1\r\n[^]*)?$/);
    const { reaches } = vector;
    if (reaches === "part") {
      expect(requests).toEqual([]);
    } else if (reaches === "clean") {
      expect(requests.length).toBeLessThanOrEqual(1);
      for (const { line, fields: own } of requests) {
        expect(line).toBe(`${method} / HTTP/1.1`);
        expect(own.filter(([name]) => !usual.test(name))).toEqual([]);
      }
    } else if (reaches === "any" || reaches === "head") {
      expect(requests.length).toBeLessThanOrEqual(1);
      for (const { line, body: got } of requests) {
        expect([line, got]).toEqual([`${method} / HTTP/1.1`, reaches === "head" ? "" : (body ?? "")]);
      }
    } else {
      expect(requests.map((each) => [each.line, each.body])).toEqual(reaches.map(([line, got]) => [line, got]));
      for (const [index, [, , host, field]] of reaches.entries()) {
        const own = requests[index]?.fields ?? [];
        if (typeof host === "string") expect(own).toContainEqual(["host", host]);
        if (field !== undefined) expect(own.filter(([name]) => name === field[0])).toEqual([field]);
      }
    }
  });
});
