import type { AgentWords } from "../../src/agent/agent-settings.ts";
import { agentSettings } from "../../src/agent/agent-settings.ts";
import { compileText } from "../support/compile-text.ts";
import { settingsOf } from "../support/agent-world.ts";

function errorOf(words: Partial<AgentWords>): string | null {
  const settings = agentSettings({ announce: [], ...words }, null, 0, (path) => path);
  return "error" in settings ? settings.error : null;
}

describe("the settings of an agent", () => {
  test("take addresses, own addresses, names and buses from the command line", () => {
    const { cluster, identity } = settingsOf({
      announce: ["239.1.1.1:4445,2", "10.0.0.11:8080 10.0.0.1:4445", "front.example:4445", "nats://bus/site.a"],
      name: "web1",
    });
    expect(cluster.announce).toMatchObject([
      { address: "239.1.1.1", port: 4445, ttl: 2, contact: null },
      { address: "10.0.0.1", port: 4445, ttl: null, contact: { address: "10.0.0.11", port: 8080 } },
    ]);
    expect(cluster.buses).toEqual(["udp://front.example:4445", "nats://bus/site.a"]);
    expect(identity).toMatchObject({ id: "web1", address: "10.0.0.11", port: 8080 });
    expect(cluster.intervalMs).toBe(1000);
  });

  test("take the address that takes requests, which a bus does not show", () => {
    const words = { announce: ["10.0.0.11 10.0.0.1:4445", "nats://bus"], name: "web1" };
    expect(settingsOf(words).identity.address).toBe("10.0.0.11");
    expect(settingsOf({ ...words, address: "10.0.0.12" }).identity.address).toBe("10.0.0.12");
    expect(errorOf({ ...words, address: "web1.example" })).toMatch(/^Expected an address for --address/);
  });

  test("take the capacity from BackhandMaxInflight unless the command line says it", () => {
    const { table } = compileText("Listen 80\nMulticastStats 10.0.0.1:4445\nBackhandMaxInflight 40 queue=5\n", "1.3");
    expect(agentSettings({ announce: [] }, table, 7, (path) => path)).toMatchObject({ capacity: 40 });
    expect(agentSettings({ announce: [], capacity: "9" }, table, 7, (path) => path)).toMatchObject({ capacity: 9 });
  });

  test("take from a configuration what the command line does not say", () => {
    const { table } = compileText(
      `Listen 10.0.0.5:81
ServerName www.example
MulticastStats 10.0.0.1:4445
<IfModule mod_backhand_ng.c>
BackhandStatsInterval 250
BackhandStatsBus udp://10.0.0.2:4445
</IfModule>`,
      "1.3",
    );
    const alone = agentSettings({ announce: [] }, table, 7, (path) => path);
    expect(alone).toMatchObject({
      cluster: { announce: [{ address: "10.0.0.1" }], buses: ["udp://10.0.0.2:4445"], intervalMs: 250 },
      identity: { id: "www.example", address: "10.0.0.5", port: 81, startMs: 7 },
    });
    const replaced = agentSettings({ announce: ["10.0.0.3:1"], port: "82" }, table, 7, (path) => path);
    expect(replaced).toMatchObject({
      cluster: { announce: [{ address: "10.0.0.3" }], buses: [] },
      identity: { id: "www.example", port: 82 },
    });
  });

  test.each<[Partial<AgentWords>, RegExp]>([
    [{}, /^Nobody would hear/],
    [{ announce: ["10.0.0.1"] }, /for --announce instead of "10.0.0.1"/],
    [{ announce: ["10.0.0.1:1 10.0.0.2:2 10.0.0.3:3"] }, /for --announce/],
    [{ announce: ["redis://:open-sesame@bus/0"] }, /instead of "redis:\/\/…@bus\/0"/],
    [{ announce: ["10.0.0.1:1"], port: "0" }, /--port/],
    [{ announce: ["10.0.0.1:1"], capacity: "many" }, /--capacity/],
    [{ announce: ["10.0.0.1:1"], interval: "1" }, /--interval/],
    [{ announce: ["10.0.0.1:1"], name: "web 1" }, /--name/],
    [{ announce: ["10.0.0.1:1"], statusUrl: "file:///etc/passwd" }, /--status-url/],
    [{ haproxyAgent: "5555" }, /--haproxy-agent/],
    [{ haproxyAgent: "10.0.0.1:5555,3" }, /--haproxy-agent/],
  ])("refuse %j", (words, message) => {
    expect(errorOf(words)).toMatch(message);
  });
});
