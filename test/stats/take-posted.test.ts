import { once } from "node:events";
import { connect } from "node:net";
import type { Cluster } from "../../src/stats/cluster.ts";
import { createCluster } from "../../src/stats/cluster.ts";
import type { PostingHub } from "../support/posting-hub.ts";
import { postingHub } from "../support/posting-hub.ts";

describe("announcements that are posted", () => {
  let hub: PostingHub | null = null;

  afterEach(() => hub?.close());

  async function serve(accept: readonly string[]): Promise<Cluster> {
    const self = { id: "front1", address: "10.0.0.1", port: 80, startMs: 0 };
    const cluster = createCluster({ self, accept, secret: null, log: () => {}, ratePerSource: 3 });
    hub = await postingHub(cluster);
    return cluster;
  }

  async function post(body: string, method = "POST"): Promise<readonly [number, string]> {
    const answer = await fetch(`http://127.0.0.1:${hub?.port ?? 0}/heartbeat`, {
      method,
      ...(method === "GET" ? {} : { body }),
    });
    return [answer.status, await answer.text()];
  }

  /** The first line of the answer to bytes that no well-behaved client sends. */
  async function answerTo(text: string): Promise<string> {
    const socket = connect(hub?.port ?? 0, "127.0.0.1");
    socket.end(text);
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    await once(socket, "close");
    return Buffer.concat(chunks).toString("latin1").split("\r\n")[0] ?? "";
  }

  test("make their sender a member, and are answered as Apache answers them", async () => {
    const cluster = await serve(["127.0.0.1"]);
    expect(await post("v=1&ready=8&busy=0&id=web1&port=8080")).toEqual([200, "OK"]);
    expect(cluster.members()[1]).toMatchObject({ id: "web1", address: "127.0.0.1", port: 8080, ready: 8 });
  });

  test("are refused from who is not in AcceptStats, whatever address they carry", async () => {
    const cluster = await serve(["10.0.0.0/8"]);
    expect((await post("v=1&ready=8&busy=0&addr=10.0.0.2"))[0]).toBe(403);
    expect(cluster.refused().source).toBe(1);
    expect(cluster.members()).toHaveLength(1);
  });

  test("are answered with what is wrong with them", async () => {
    await serve(["127.0.0.1"]);
    expect((await post("", "GET"))[0]).toBe(405);
    expect((await post("v=1"))[0]).toBe(400);
    expect((await post("v=1&ready=8&busy=0&addr=10.0.0.2"))[0]).toBe(403);
    expect((await post("v=1&ready=8&busy=0"))[0]).toBe(200);
    expect((await post("v=1&ready=8&busy=0"))[0]).toBe(429);
  });

  test("are not read beyond a thousand bytes, with their length said or not", async () => {
    const cluster = await serve(["127.0.0.1"]);
    expect((await post(`v=1&ready=8&busy=0&x=${"y".repeat(980)}`))[0]).toBe(413);
    const chunk = `${(2000).toString(16)}\r\n${"y".repeat(2000)}\r\n`;
    const endless = `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(3)}`;
    expect(await answerTo(endless)).toBe("HTTP/1.1 413 Payload Too Large");
    expect(cluster.refused().malformed).toBe(0);
  });

  test("are forgotten when they break off", async () => {
    const cluster = await serve(["127.0.0.1"]);
    expect(await answerTo("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\nv=1&ready=8&busy=0")).not.toContain(
      "200",
    );
    expect(cluster.members()).toHaveLength(1);
  });
});
