import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { spawn } from "node:child_process";
import type { ListeningView, TestAgent } from "../support/agent-world.ts";
import { listeningView, startAgent } from "../support/agent-world.ts";
import { freeTcpPort, hasProgram } from "../support/bus-server.ts";
import type { RealServer } from "../support/real-server.ts";
import { startApache, startNginx } from "../support/real-server.ts";
import { describeIf } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { until } from "../support/transport-contract.ts";

let view: ListeningView | null = null;
const agents: TestAgent[] = [];

afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.stop()));
  await view?.stop();
  view = null;
});

async function balancer(secret: string | null = null): Promise<ListeningView> {
  view = await listeningView(secret);
  return view;
}

async function start(...words: Parameters<typeof startAgent>): Promise<TestAgent> {
  const agent = await startAgent(...words);
  agents.push(agent);
  return agent;
}

function web1(listening: ListeningView) {
  return listening.cluster.members().find(({ id }) => id === "web1");
}

/** What HAProxy would get. */
async function askAgent(address: string, sends = ""): Promise<string> {
  const [host = "", port = ""] = address.split(/:(?=\d+$)/);
  const socket = connect(Number(port), host);
  if (sends !== "") socket.write(sends);
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  await once(socket, "close");
  return Buffer.concat(chunks).toString("latin1");
}

function haproxyAddress({ lines }: TestAgent): string {
  return /agent-check on (\S+)$/m.exec(lines.join("\n"))?.[1] ?? "";
}

/** A status URL whose answer the test changes. */
async function statusServer() {
  const answer = { status: 200, body: "BusyWorkers: 3\nIdleWorkers: 6\n" };
  const server = createServer((_request, response) => response.writeHead(answer.status).end(answer.body));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { answer, url: `http://127.0.0.1:${port}/status?auto`, close: () => server.close() };
}

describe("an agent", () => {
  test("announces its host with what the system says of it", async () => {
    const front = await balancer();
    await start({ announce: [`127.0.0.1:${front.port}`], name: "web1", port: "8080", capacity: "40" });
    await until(() => web1(front) !== undefined, "the host");
    const member = web1(front);
    expect(member).toMatchObject({ address: "127.0.0.1", port: 8080, state: "up" });
    expect((member?.ready ?? 0) + (member?.busy ?? 0)).toBe(40);
    expect(member?.totalMemoryBytes).toBeGreaterThan(0);
  });

  test("announces to names, with the address and the secret that it was given", async () => {
    const front = await balancer("correct horse battery staple");
    const folder = temporaryFolder();
    const secret = folder.write("secret", "correct horse battery staple\n");
    await start({
      announce: [`localhost:${front.port}`, `127.0.0.5:81 127.0.0.1:${front.port}`],
      name: "web1",
      secret,
    });
    await until(() => web1(front)?.address === "127.0.0.5", "the host");
    expect(web1(front)).toMatchObject({ port: 81 });
    folder.remove();
  });

  test("drains and comes back when it is told to, and drains with its last words", async () => {
    const front = await balancer();
    const agent = await startAgent({ announce: [`127.0.0.1:${front.port}`], name: "web1" });
    await until(() => web1(front)?.state === "up", "the host");
    agent.drain(true);
    await until(() => web1(front)?.state === "drain", "its draining");
    agent.drain(false);
    await until(() => web1(front)?.state === "up", "its return");
    await agent.stop();
    await until(() => web1(front)?.state === "drain", "its last words");
  });

  test("announces a web server as draining that does not tell its workers, and as up when it does again", async () => {
    const front = await balancer();
    const status = await statusServer();
    status.answer.status = 503;
    const agent = await start({
      announce: [`127.0.0.1:${front.port}`],
      name: "web1",
      statusUrl: status.url,
      haproxyAgent: "127.0.0.1:0",
    }).catch((error: unknown) => error as Error);
    expect(agent).toMatchObject({ message: expect.stringContaining("--haproxy-agent") });
    const other = await start({
      announce: [`127.0.0.1:${front.port}`],
      name: "web1",
      statusUrl: status.url,
      haproxyAgent: `127.0.0.1:${await freeTcpPort()}`,
    });
    await until(() => web1(front)?.state === "drain", "the broken host");
    expect(web1(front)).toMatchObject({ ready: 0, busy: 0 });
    expect(other.lines[0]).toContain("answers 503 instead of 200; announced as draining until it does");
    expect(await askAgent(haproxyAddress(other))).toBe("down #no-status\n");
    status.answer.status = 200;
    await until(() => web1(front)?.state === "up", "the repaired host");
    expect(web1(front)).toMatchObject({ ready: 6, busy: 2 });
    expect(await askAgent(haproxyAddress(other))).toBe("up ready 75%\n");
    status.close();
  });

  test("answers HAProxy with one line, whatever it is sent", async () => {
    const agent = await start({ haproxyAgent: `127.0.0.1:${await freeTcpPort()}`, capacity: "10" });
    const address = haproxyAddress(agent);
    expect(await askAgent(address)).toMatch(/^up ready ([1-9]\d?|100)%\n$/);
    expect(await askAgent(address, "x".repeat(100_000))).toMatch(/^up ready \d+%\n$/);
    agent.drain(true);
    expect(await askAgent(address)).toBe("up drain\n");
    agent.drain(false);
    expect(await askAgent(address)).toMatch(/^up ready /);
  });

  test("does not start where another process answers HAProxy", async () => {
    const port = await freeTcpPort();
    await start({ haproxyAgent: `127.0.0.1:${port}` });
    await expect(startAgent({ haproxyAgent: `127.0.0.1:${port}` })).rejects.toMatchObject({
      code: "BACKHAND_AGENT_LISTEN",
    });
  });
});

describeIf(hasProgram("systemd-notify"), "systemd-notify is not there")("an agent that systemd started", () => {
  test("tells it that it is ready, and that it stops", async () => {
    const folder = temporaryFolder();
    const path = `${folder.path}/notify`;
    // Node has no datagrams over Unix sockets.
    const listener = spawn("perl", [
      "-MSocket",
      "-e",
      '$|=1; socket(S, PF_UNIX, SOCK_DGRAM, 0); bind(S, sockaddr_un($ARGV[0])); print "open\\n"; while (defined recv(S, $text, 999, 0)) { print "$text\\n" }',
      path,
    ]);
    let heard = "";
    listener.stdout.on("data", (chunk: Buffer) => (heard += chunk.toString()));
    await until(() => heard.startsWith("open"), "the listener");
    const front = await balancer();
    const env = { NOTIFY_SOCKET: path, PATH: process.env["PATH"] ?? "" };
    const agent = await startAgent({ announce: [`127.0.0.1:${front.port}`] }, env);
    await until(() => heard.includes("READY=1"), "the readiness");
    await agent.stop();
    await until(() => heard.includes("STOPPING=1"), "the end");
    listener.kill();
    await once(listener, "exit");
    folder.remove();
    expect(agent.lines).toHaveLength(1);
  });
});

describeIf(hasProgram("apache2"), "apache2 is not there")("an agent beside a real Apache", () => {
  let apache: RealServer | null = null;
  let port = 0;

  beforeAll(async () => {
    port = await freeTcpPort();
    apache = await startApache(port);
  }, 20_000);
  afterAll(() => apache?.stop());

  test("announces its workers, without the one that answers", async () => {
    const front = await balancer();
    await start({
      announce: [`127.0.0.1:${front.port}`],
      name: "web1",
      statusUrl: `http://127.0.0.1:${port}/server-status?auto`,
      interval: "200",
    });
    await until(() => (web1(front)?.ready ?? 0) > 0, "its workers");
    const { ready = 0, busy = 99 } = web1(front) ?? {};
    // One child with eight threads, or both.
    expect(ready).toBeGreaterThanOrEqual(7);
    expect(ready).toBeLessThanOrEqual(15);
    expect(busy).toBe(0);
    // Requests that have begun and don't go on hold a worker each.
    const slow = [1, 2, 3].map(() => connect(port, "127.0.0.1").on("error", () => {}));
    for (const socket of slow) socket.write("GET / HTTP/1.1\r\nHost:");
    await until(() => web1(front)?.busy === 3, "the busy workers", 4000);
    for (const socket of slow) socket.destroy();
    await until(() => web1(front)?.busy === 0, "the idle workers", 4000);
  });

  test("posts to its mod_heartmonitor, which writes down what it says", async () => {
    await start({ announce: [`http://127.0.0.1:${port}/heartbeat`], name: "web1", port: "8088", capacity: "5" });
    const stored = async () => {
      const { readFile } = await import("node:fs/promises");
      return readFile(`${apache?.folder.path ?? ""}/heartbeats`, "latin1").catch(() => "");
    };
    // It writes every five seconds, when the machine lets it.
    const endMs = Date.now() + 30_000;
    while (!(await stored()).includes("127.0.0.1")) {
      if (Date.now() > endMs) throw new Error("Apache writes nothing down");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await stored()).toMatch(/^127\.0\.0\.1 &ready=\d&busy=\d&lastseen=\d+&port=8088$/m);
  }, 40_000);
});

describeIf(hasProgram("nginx"), "nginx is not there")("an agent beside a real nginx", () => {
  let nginx: RealServer | null = null;
  let url = "";

  beforeAll(async () => {
    const port = await freeTcpPort();
    nginx = await startNginx(port);
    url = `http://127.0.0.1:${port}/stub`;
  }, 20_000);
  afterAll(() => nginx?.stop());

  test("announces its requests against the capacity that it was given", async () => {
    const front = await balancer();
    await start({ announce: [`127.0.0.1:${front.port}`], name: "web1", statusUrl: url, capacity: "64" });
    await until(() => web1(front)?.ready === 64 && web1(front)?.busy === 0, "its figures");
    const slow = connect(Number(new URL(url).port), "127.0.0.1").on("error", () => {});
    slow.write("GET / HTTP/1.1\r\nHost:");
    await until(() => web1(front)?.ready === 63 && web1(front)?.busy === 1, "the busy one");
    slow.destroy();
  });

  test("does not start without a capacity", async () => {
    const words = { announce: ["127.0.0.1:9"], statusUrl: url };
    await expect(startAgent(words)).rejects.toMatchObject({ code: "BACKHAND_STATUS_CAPACITY" });
  });
});
