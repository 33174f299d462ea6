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
/** Before anything is measured: what a process takes for its first work has nothing to do with the size of a body. */
const firstBytes = 48_000_000;
const piece = randomBytes(1_000_000);

/** Pieces that differ, as fast as they are taken; gives their hash. */
async function pour(into: Writable, bytes: number): Promise<string> {
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
    const backend = await startBackend("big", (request, response) => {
      sent = pour(response, Number(request.url?.slice(1)));
    });
    const serve = await serveBefore(backend.port);
    const download = async (size: number): Promise<void> => {
      const hash = createHash("sha256");
      const asking = httpRequest({ port: serve.port, host: "127.0.0.1", path: `/${size}`, agent: false }).end();
      const [answer] = (await once(asking, "response")) as [IncomingMessage];
      expect(await drain(answer, hash)).toBe(size);
      expect(hash.digest("hex")).toBe(await sent);
    };
    await download(firstBytes);
    expect(await growthDuring(serve, () => download(bytes))).toBeLessThanOrEqual(64);
  });

  test("goes up untouched, and the process grows by no more than 64 MB", async () => {
    const backend = await startBackend("big", (request, response) => {
      const hash = createHash("sha256");
      void drain(request, hash).then((got) => response.end(`${got} ${hash.digest("hex")}`));
    });
    const serve = await serveBefore(backend.port);
    const upload = async (size: number): Promise<void> => {
      const options = { port: serve.port, host: "127.0.0.1", path: "/", agent: false, method: "POST" };
      const asking = httpRequest({ ...options, headers: { "Content-Length": size } });
      const answered = once(asking, "response") as Promise<[IncomingMessage]>;
      const sent = await pour(asking, size);
      const [answer] = await answered;
      expect((await answer.toArray()).join("")).toBe(`${size} ${sent}`);
    };
    await upload(firstBytes);
    expect(await growthDuring(serve, () => upload(bytes))).toBeLessThanOrEqual(64);
  });
});
