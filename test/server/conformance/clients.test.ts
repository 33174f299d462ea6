import type { IncomingMessage, ServerResponse } from "node:http";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startBackend, stopAll } from "../../proxy/support.ts";
import type { Backend } from "../../proxy/support.ts";
import { hasProgram } from "../../support/bus-server.ts";
import { describeIf } from "../../support/shared.ts";
import { folderWith } from "../support.ts";
import { curl, fieldOf, hashOf, noise, outputOf, serveBefore } from "./support.ts";

afterEach(stopAll);

const page = Buffer.from("0123456789".repeat(30));
const big = noise(8_000_000);

function asked(request: IncomingMessage, response: ServerResponse): void {
  const { method, url, headers } = request;
  const parts: Buffer[] = [];
  request.on("data", (chunk: Buffer) => parts.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(parts);
    const range = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "");
    if (url === "/big") response.end(big);
    else if (url === "/chunks") {
      response.write(page.subarray(0, 100));
      response.write(page.subarray(100, 200));
      response.end(page.subarray(200));
    } else if (url === "/upload") {
      const framing = headers["transfer-encoding"] ?? headers["content-length"] ?? "none";
      response.end(`${method ?? ""} ${framing} ${body.length} ${hashOf(body)}`);
    } else if (range !== null) {
      const [from, to] = [Number(range[1]), Number(range[2])];
      response.writeHead(206, { "Content-Range": `bytes ${from}-${to}/${page.length}` });
      response.end(page.subarray(from, to + 1));
    } else {
      response.setHeader("Content-Length", page.length);
      response.end(method === "HEAD" ? undefined : page);
    }
  });
}

const startAsked = (): Promise<Backend> => startBackend("web1", asked);

describeIf(hasProgram("curl"), "curl is not there")("curl", () => {
  describe.each([
    ["HTTP/1.1", "http", [], "1.1"],
    ["HTTP/1.1 over TLS", "https", ["--http1.1"], "1.1"],
    ["HTTP/2", "https", ["--http2"], "2"],
  ])("over %s", (_title, scheme, options, version) => {
    test("gets pages over one kept connection, parts, heads, and answers in chunks", async () => {
      const backend = await startAsked();
      const { port } = await serveBefore(backend.port, { isSecure: scheme === "https" });
      const url = `${scheme}://127.0.0.1:${port}/`;
      const five = await curl(...options, ...Array.from({ length: 5 }, () => url));
      expect(five).toMatchObject({ exitCode: 0, status: 200, version, connections: 1 });
      expect(five.body).toEqual(Buffer.concat(Array.from({ length: 5 }, () => page)));
      expect(backend.sockets.size).toBe(1);
      const part = await curl(...options, "-r", "10-19", url);
      expect([part.status, part.body.toString(), fieldOf(part, "content-range")]).toEqual([
        206,
        "0123456789",
        "bytes 10-19/300",
      ]);
      const head = await curl(...options, "-I", url);
      expect([head.exitCode, head.status, fieldOf(head, "content-length")]).toEqual([0, 200, "300"]);
      const chunks = await curl(...options, `${url}chunks`);
      expect([chunks.exitCode, chunks.body.equals(page), fieldOf(chunks, "content-length")]).toEqual([0, true, null]);
    });

    test("gets and sends large bodies untouched, with a length, in chunks and after it has asked", async () => {
      const { port } = await serveBefore((await startAsked()).port, { isSecure: scheme === "https" });
      const url = `${scheme}://127.0.0.1:${port}`;
      const download = await curl(...options, `${url}/big`);
      expect([download.exitCode, download.body.length, hashOf(download.body)]).toEqual([0, big.length, hashOf(big)]);
      const file = join(folderWith({}), "big");
      writeFileSync(file, big);
      const send = async (...args: readonly string[]): Promise<string> => {
        const answer = await curl(...options, ...args, `${url}/upload`);
        return `${/^HTTP\/1\.1 100 /m.test(answer.heads) ? "100, then " : ""}${answer.body.toString()}`;
      };
      const rest = `${big.length} ${hashOf(big)}`;
      expect(await send("-T", file, "-H", "Expect:")).toBe(`PUT ${big.length} ${rest}`);
      expect(await send("--data-binary", `@${file}`, "-H", "Expect:")).toBe(`POST ${big.length} ${rest}`);
      expect(await send("-T", file, "-H", "Transfer-Encoding: chunked", "-H", "Expect:")).toBe(`PUT chunked ${rest}`);
      // curl does not ask over HTTP/2.
      const ask = version === "2" ? "" : "100, then ";
      expect(await send("-T", file, "-H", "Expect: 100-continue")).toBe(`${ask}PUT ${big.length} ${rest}`);
    });
  });

  test("over HTTP/1.0 gets an answer without chunks, whose connection is closed behind it", async () => {
    const { port } = await serveBefore((await startAsked()).port);
    const url = `http://127.0.0.1:${port}`;
    for (const path of ["/", "/chunks", "/big"]) {
      const answer = await curl("--http1.0", `${url}${path}`);
      expect(answer).toMatchObject({ exitCode: 0, status: 200 });
      expect(fieldOf(answer, "transfer-encoding")).toBeNull();
      expect(hashOf(answer.body)).toBe(hashOf(path === "/big" ? big : page));
    }
    const upload = await curl("--http1.0", "-d", "some text", `${url}/upload`);
    expect(upload.body.toString()).toBe(`POST 9 9 ${hashOf(Buffer.from("some text"))}`);
  });
});

describeIf(hasProgram("h2load"), "h2load is not there")("h2load", () => {
  test.each([
    ["HTTP/1.1", false, ["--h1"]],
    ["HTTP/1.1 over TLS", true, ["--h1"]],
    ["HTTP/2", true, ["-m", "10"]],
  ])("over %s finds 3000 requests over 30 connections answered, each whole", async (_title, isSecure, options) => {
    const { port } = await serveBefore((await startAsked()).port, { isSecure });
    const url = `${isSecure ? "https" : "http"}://127.0.0.1:${port}/`;
    const text = await outputOf("h2load", [...options, "-n", "3000", "-c", "30", "-t", "1", url]);
    expect(text).toMatch(/3000 succeeded, 0 failed, 0 errored, 0 timeout/);
    expect(text).toMatch(/status codes: 3000 2xx, 0 3xx, 0 4xx, 0 5xx/);
    expect(text).toContain(`(${3000 * page.length}) data`);
  });
});
