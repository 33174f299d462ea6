import { createHash, randomBytes } from "node:crypto";
import type { Hash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import type { IncomingMessage } from "node:http";
import type { Writable } from "node:stream";
import { startBackend, stopAll } from "../../proxy/support.ts";
import type { ServeProcess } from "../../support/serve-process.ts";
import { describeIf } from "../../support/shared.ts";
import { serveBefore } from "./support.ts";

afterEach(stopAll);

const bytes = 256_000_000;
const piece = randomBytes(1_000_000);

/** Pieces that differ, as fast as they are taken; gives their hash. */
async function pour(into: Writable): Promise<string> {
  const hash = createHash("sha256");
  for (let sent = 0; sent < bytes; sent += piece.length) {
    const part = Buffer.from(piece);
    part.writeUInt32BE(sent);
    hash.update(part);
    if (!into.write(part)) await once(into, "drain");
  }
  into.end();
  return hash.digest("hex");
}

/** Reads slowly at first, so that what is not waited for has to pile up somewhere. */
async function drain(from: IncomingMessage, hash: Hash): Promise<number> {
  let got = 0;
  let pauses = 0;
  for await (const chunk of from) {
    hash.update(chunk as Buffer);
    got += (chunk as Buffer).length;
    if (got > (pauses + 1) * 8_000_000 && pauses < 10) {
      pauses += 1;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return got;
}

function megabytesOf({ pid }: ServeProcess): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1000;
}

/** How far the process grows while something runs. */
async function growthDuring(serve: ServeProcess, what: () => Promise<void>): Promise<number> {
  const before = megabytesOf(serve);
  let most = before;
  const look = setInterval(() => (most = Math.max(most, megabytesOf(serve))), 20);
  try {
    await what();
  } finally {
    clearInterval(look);
  }
  return most - before;
}

describeIf(existsSync("/proc/self/status"), "/proc is not there")("a quarter of a gigabyte with slow readers", () => {
  test("comes down untouched, and the process grows by no more than 64 MB", async () => {
    let sent = Promise.resolve("");
    const backend = await startBackend("big", (_request, response) => {
      sent = pour(response);
    });
    const serve = await serveBefore(backend.port);
    const hash = createHash("sha256");
    const grown = await growthDuring(serve, async () => {
      const asking = httpRequest({ port: serve.port, host: "127.0.0.1", path: "/", agent: false }).end();
      const [answer] = (await once(asking, "response")) as [IncomingMessage];
      expect(await drain(answer, hash)).toBe(bytes);
    });
    expect(hash.digest("hex")).toBe(await sent);
    expect(grown).toBeLessThanOrEqual(64);
  });

  test("goes up untouched, and the process grows by no more than 64 MB", async () => {
    const hash = createHash("sha256");
    const backend = await startBackend("big", (request, response) => {
      void drain(request, hash).then((got) => response.end(String(got)));
    });
    const serve = await serveBefore(backend.port);
    const grown = await growthDuring(serve, async () => {
      const options = { port: serve.port, host: "127.0.0.1", path: "/", agent: false, method: "POST" };
      const asking = httpRequest({ ...options, headers: { "Content-Length": bytes } });
      const answered = once(asking, "response") as Promise<[IncomingMessage]>;
      const sent = await pour(asking);
      const [answer] = await answered;
      expect((await answer.toArray()).join("")).toBe(String(bytes));
      expect(hash.digest("hex")).toBe(sent);
    });
    expect(grown).toBeLessThanOrEqual(64);
  });
});
