import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createSocket } from "node:dgram";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClusterSettings } from "../../src/compile/table.ts";
import type { JoinOptions, Membership } from "../../src/stats/join-cluster.ts";
import { joinCluster } from "../../src/stats/join-cluster.ts";
import { freePort, until, whileTaken } from "../support/transport-contract.ts";

const directory = mkdtempSync(join(tmpdir(), "cluster-"));
const joined: Membership[] = [];
const lines: string[] = [];

afterEach(async () => {
  await Promise.all(joined.splice(0).map((membership) => membership.stop()));
  lines.length = 0;
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

function settings(port: number, changes: Partial<ClusterSettings> = {}): ClusterSettings {
  const contact = { address: "127.0.0.1", port: null };
  return {
    announce: [{ address: "239.255.77.3", port, ttl: 1, contact, place: { file: 0, line: 1 } }],
    accept: ["127.0.0.0/8"],
    unixSocketDir: null,
    selfRedirect: false,
    connectionPools: true,
    moderatorPidFile: null,
    local: null,
    intervalMs: 20,
    secretFile: null,
    buses: [],
    ...changes,
  };
}

async function joinAs(id: string, port: number, clusterSettings: ClusterSettings, changes: Partial<JoinOptions> = {}) {
  const membership = await joinCluster({
    settings: clusterSettings,
    identity: { id, address: "127.0.0.1", port, startMs: Date.now() },
    workers: () => ({ ready: 4, busy: 1 }),
    backhanded: () => ({ count: 0, meanTimeMs: null }),
    listens: true,
    log: (line) => lines.push(line),
    measure: () => Promise.resolve(1000),
    ...changes,
  });
  joined.push(membership);
  return membership;
}

function ids(membership: Membership): readonly string[] {
  return membership.cluster.members().map((member) => member.id);
}

describe("servers that join a cluster by multicast", () => {
  test("find each other, with their figures", async () => {
    const port = await freePort();
    const [one, two, three] = [
      await joinAs("one", 8001, settings(port)),
      await joinAs("two", 8002, settings(port)),
      await joinAs("three", 8003, settings(port)),
    ];
    for (const each of [one, two, three]) await until(() => ids(each).length === 3, "three members");
    expect(ids(two)[0]).toBe("two");
    await until(() => one.cluster.members().every((member) => member.arriba === 1000), "the measured speed");
    expect(one.cluster.members().find((member) => member.id === "three")).toMatchObject({
      address: "127.0.0.1",
      port: 8003,
      ready: 4,
      busy: 1,
      isSelf: false,
      cpuCount: expect.any(Number),
    });
    expect(one.transports).toEqual([`multicast 239.255.77.3:${port}`]);
    expect(Object.values(one.cluster.refused()).every((count) => count === 0)).toBe(true);
    expect(lines).toEqual([]);
  });

  test("hear that one drains, and nothing more of one that stopped", async () => {
    const port = await freePort();
    const one = await joinAs("one", 8001, settings(port));
    const two = await joinAs("two", 8002, settings(port));
    const seen = () => one.cluster.members().find((member) => member.id === "two");
    await until(() => seen()?.state === "up", "the second server");
    two.announcer.drain(true);
    await until(() => seen()?.state === "drain", "its draining");
    expect(two.cluster.self().state).toBe("drain");
    await two.stop();
    // What it sent before is still on its way.
    await new Promise((resolve) => setTimeout(resolve, 60));
    const last = seen()?.lastHeardMs;
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(seen()?.lastHeardMs).toBe(last);
  });

  test("take signed packets only when they have a secret", async () => {
    const port = await freePort();
    const secretFile = join(directory, "secret");
    writeFileSync(secretFile, "correct horse battery staple\n");
    const signed = settings(port, { secretFile });
    const one = await joinAs("one", 8001, signed);
    const two = await joinAs("two", 8002, signed);
    await joinAs("stranger", 8003, settings(port));
    await until(() => one.cluster.refused().signature > 2 && ids(two).length === 2, "refusals");
    expect(ids(one)).toEqual(["one", "two"]);
    expect(one.cluster.refused()).toMatchObject({ replay: 0, stale: 0, contact: 0 });
  });

  test("hear two ways without taking anything for a replay", async () => {
    const port = await freePort();
    const secretFile = join(directory, "secret");
    const base = settings(port, { secretFile });
    const [target] = base.announce;
    if (target === undefined) throw new Error("no target");
    const both = { ...base, announce: [target, { ...target, address: "127.255.255.255" }, { ...target, ttl: 1 }] };
    const one = await joinAs("one", 8001, both);
    await joinAs("two", 8002, both);
    expect(one.transports).toEqual([`multicast 239.255.77.3:${port}`, `broadcast 127.255.255.255:${port}`]);
    await until(() => ids(one).length === 2, "the second server");
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(one.cluster.refused()).toMatchObject({ replay: 0, contact: 0, malformed: 0 });
  });

  test("count a packet once when several of their lines share a port", async () => {
    const port = await freePort();
    const place = { file: 0, line: 1 };
    const line = (address: string) => ({ address, port, ttl: null, contact: null, place });
    const announce = ["127.0.0.1", "127.0.0.2", "127.0.0.3"].map(line);
    const one = await joinAs("one", 8001, settings(port, { announce, intervalMs: 1000 }));
    const socket = createSocket("udp4");
    socket.send("rubbish", port, "127.0.0.1");
    await until(() => one.cluster.refused().malformed > 0, "the packet");
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.close();
    expect(one.cluster.refused().malformed).toBe(1);
  });

  test("keep their measured speed in UnixSocketDir", async () => {
    const one = await joinAs("one", 8001, settings(await freePort(), { unixSocketDir: directory }));
    await until(() => one.cluster.self().arriba === 1000, "the speed");
    expect(readFileSync(join(directory, "mod_backhand-Arriba"), "latin1")).toBe("1000\n");
  });

  test("can be agents, which only speak", async () => {
    const port = await freePort();
    const one = await joinAs("one", 8001, settings(port));
    const agent = await joinAs("agent", 8002, settings(port), { listens: false });
    await until(() => ids(one).length === 2, "the agent");
    expect(ids(agent)).toEqual(["agent"]);
  });

  test("know themselves at once, with or without others", async () => {
    const alone = await joinAs("alone", 8001, settings(1, { announce: [] }));
    expect(alone.cluster.self()).toMatchObject({ id: "alone", ready: 4, busy: 1 });
    expect(alone.cluster.self().totalMemoryBytes).toBeGreaterThan(0);
  });

  test("leave nothing running when one of their ways cannot start", async () => {
    const port = await freePort();
    const base = settings(port);
    const taken = await freePort();
    const announce = [...base.announce, { ...base.announce[0]!, address: "127.0.0.1", port: taken }];
    await whileTaken(taken, () =>
      expect(joinAs("one", 8001, { ...base, announce })).rejects.toMatchObject({ code: "BACKHAND_TRANSPORT_IN_USE" }),
    );
    // The group's port is free again for somebody who wants it alone.
    const socket = createSocket("udp4");
    await new Promise<void>((resolve, reject) => {
      socket.once("error", reject);
      socket.bind(port, "0.0.0.0", () => {
        socket.close(resolve);
      });
    });
  });

  test("do not start without a secret that they shall have", async () => {
    const secretFile = join(directory, "none");
    await expect(joinAs("one", 8001, settings(1, { secretFile }))).rejects.toMatchObject({ code: "BACKHAND_SECRET" });
  });
});
