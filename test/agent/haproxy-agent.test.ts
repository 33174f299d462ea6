import type { AgentAnswer } from "../../src/agent/haproxy-agent.ts";
import { agentLine, startHaproxyAgent } from "../../src/agent/haproxy-agent.ts";
import { freeTcpPort, hasProgram } from "../support/bus-server.ts";
import type { RealServer } from "../support/real-server.ts";
import { startReal } from "../support/real-server.ts";
import { describeIf } from "../support/shared.ts";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

describe("the line for HAProxy", () => {
  test.each<[AgentAnswer, string]>([
    [{ kind: "ready", idle: 1 }, "up ready 100%\n"],
    [{ kind: "ready", idle: 0.504 }, "up ready 50%\n"],
    // 0 % would drain.
    [{ kind: "ready", idle: 0 }, "up ready 1%\n"],
    [{ kind: "ready", idle: 7 }, "up ready 100%\n"],
    [{ kind: "drain" }, "up drain\n"],
    [{ kind: "down" }, "down #no-status\n"],
  ])("for %j is %j", (answer, line) => {
    expect(agentLine(answer)).toBe(line);
  });
});

describeIf(hasProgram("haproxy"), "haproxy is not there")("a real HAProxy", () => {
  let haproxy: RealServer | null = null;
  let stop: () => Promise<void> = () => Promise.resolve();
  let statsPort = 0;
  let answer: AgentAnswer = { kind: "ready", idle: 1 };
  const backend = createServer((_request, response) => response.end("ok"));

  beforeAll(async () => {
    backend.listen(0, "127.0.0.1");
    await once(backend, "listening");
    const { port } = backend.address() as AddressInfo;
    const agentPort = await freeTcpPort();
    const agent = await startHaproxyAgent({ address: "127.0.0.1", port: agentPort }, () => answer);
    stop = () => agent.stop();
    statsPort = await freeTcpPort();
    haproxy = await startReal(
      "haproxy",
      (file) => ["-db", "-f", file],
      () => `defaults
  mode http
  timeout connect 2s
  timeout client 2s
  timeout server 2s
listen stats
  bind 127.0.0.1:${statsPort}
  stats enable
  stats uri /stats
backend web
  server web1 127.0.0.1:${port} weight 200 check inter 100ms agent-check agent-port ${agentPort} agent-inter 50ms
`,
      statsPort,
    );
  }, 20_000);

  afterAll(async () => {
    await haproxy?.stop();
    await stop();
    backend.close();
  });

  /** State and weight of the server, from HAProxy's own figures. */
  async function server(): Promise<string> {
    const csv = await (await fetch(`http://127.0.0.1:${statsPort}/stats;csv`)).text();
    const [head = "", ...rows] = csv.split("\n");
    const names = head.replace(/^# /, "").split(",");
    const row = rows.map((line) => line.split(",")).find((cells) => cells[0] === "web" && cells[1] === "web1");
    return `${row?.[names.indexOf("status")] ?? ""} ${row?.[names.indexOf("weight")] ?? ""}`;
  }

  async function becomes(expected: RegExp): Promise<void> {
    const endMs = Date.now() + 4000;
    let seen = "";
    while (!expected.test(seen)) {
      if (Date.now() > endMs) throw new Error(`It stays at ${seen}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
      seen = await server();
    }
  }

  test("takes the weight, drains, comes back, and goes down and up with what the agent says", async () => {
    await becomes(/^UP 200$/);
    answer = { kind: "ready", idle: 0.25 };
    await becomes(/^UP 50$/);
    answer = { kind: "drain" };
    await becomes(/^DRAIN/);
    answer = { kind: "ready", idle: 0.5 };
    await becomes(/^UP 100$/);
    answer = { kind: "down" };
    await becomes(/^DOWN/);
    answer = { kind: "ready", idle: 1 };
    await becomes(/^UP 200$/);
  }, 30_000);
});
