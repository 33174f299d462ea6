import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer, get, type IncomingMessage } from "node:http";

import type { AgentAnswer } from "../../src/agent/haproxy-agent.ts";
import { startHaproxyAgent } from "../../src/agent/haproxy-agent.ts";
import { AGENT_PORT } from "../../src/migrate/haproxy/backends.ts";
import { haproxyServer } from "../../src/migrate/verify/haproxy-sandbox.ts";
import { freePorts, startServer } from "../../src/migrate/verify/real-server.ts";
import { describeIf } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { migrateText } from "./support.ts";

/** Who answers a request to the balancer: the member's own name, or the status when none does. */
async function ask(port: number): Promise<string> {
  const sent = get({ host: "127.0.0.1", port, path: "/app", agent: false });
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  let body = "";
  response.on("data", (chunk: Buffer) => (body += chunk.toString()));
  await once(response, "end");
  return response.statusCode === 200 ? body : String(response.statusCode);
}

describeIf(existsSync(haproxyServer.program), "haproxy is not there")("the HAProxy that is written", () => {
  test("sends requests where the members' agents say", async () => {
    const folder = temporaryFolder();
    const [port = 0, member = 0] = await freePorts(2);
    const octet = 2 + Math.floor(Math.random() * 250);
    const addresses = [1, 2].map((last) => `127.${octet}.${port & 255}.${last}`);
    const answers = new Map<string, AgentAnswer>(addresses.map((address) => [address, { kind: "ready", idle: 1 }]));
    const servers = addresses.map((address) =>
      createServer((_, response) => response.end(address)).listen(member, address),
    );
    await Promise.all(servers.map((server) => once(server, "listening")));
    const agents = await Promise.all(
      addresses.map((address) =>
        startHaproxyAgent({ address, port: AGENT_PORT }, () => answers.get(address) ?? { kind: "down" }),
      ),
    );
    const text = `Listen ${port}\nMulticastStats 239.1.1.1:4445,1\n<Location /app>\nBackhand byAge 6\nBackhand byLoad\n</Location>\n`;
    const backends = addresses.map((address) => ({ address, port: member }));
    const { text: output } = migrateText(text, { to: "haproxy", backends });
    const file = folder.write("haproxy.cfg", output);
    const running = await startServer(haproxyServer.program, haproxyServer.args(file, folder.path), port);
    if ("refused" in running) throw new Error(`${running.refused}\n${output}`);
    /** Waits until twenty requests in a row meet exactly these. */
    const becomes = async (expected: readonly string[]): Promise<void> => {
      const endMs = Date.now() + 15_000;
      for (;;) {
        const seen = new Set<string>();
        for (let count = 0; count < 20; count += 1) seen.add(await ask(port));
        if ([...seen].sort().join(" ") === expected.join(" ")) return;
        if (Date.now() > endMs) throw new Error(`Expected ${expected.join(" ")}, met ${[...seen].join(" ")}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    try {
      const [first = "", second = ""] = addresses;
      await becomes([first, second]);
      answers.set(first, { kind: "drain" });
      await becomes([second]);
      answers.set(first, { kind: "ready", idle: 0.5 });
      await becomes([first, second]);
      answers.set(second, { kind: "down" });
      await becomes([first]);
    } finally {
      await running.stop();
      for (const agent of agents) await agent.stop();
      for (const server of servers) server.close();
      folder.remove();
    }
  }, 90_000);
});
