import type { ClusterSettings } from "../../src/compile/table.ts";
import type { BusTarget } from "../../src/stats/bus-target.ts";
import { readBusTarget } from "../../src/stats/bus-target.ts";
import type { Membership } from "../../src/stats/join-cluster.ts";
import { joinCluster } from "../../src/stats/join-cluster.ts";
import type { TransportDefinition } from "../../src/stats/transport.ts";
import type { BusServer } from "./bus-server.ts";
import { busServer, freeTcpPort } from "./bus-server.ts";
import { testTransport, until } from "./transport-contract.ts";

/** Settings that only a bus carries. */
export function busSettings(buses: readonly string[], changes: Partial<ClusterSettings> = {}): ClusterSettings {
  return {
    announce: [],
    accept: ["127.0.0.0/8"],
    unixSocketDir: null,
    selfRedirect: false,
    connectionPools: true,
    moderatorPidFile: null,
    local: null,
    intervalMs: 50,
    secretFile: null,
    buses,
    ...changes,
  };
}

/** What every bus must do, with its real server; call it inside of a describe. */
export function testBus(
  definition: TransportDefinition<BusTarget>,
  program: "nats-server" | "redis-server",
  login: (password: string) => string,
): void {
  const joined: Membership[] = [];
  const lines: string[] = [];
  let server: BusServer | null = null;
  let topics = 0;

  beforeAll(async () => {
    server = busServer(program, await freeTcpPort());
    await server.start();
  });

  afterEach(async () => {
    await Promise.all(joined.splice(0).map((membership) => membership.stop()));
    lines.length = 0;
  });

  afterAll(() => server?.remove());

  function url(): string {
    topics += 1;
    return `${definition.name}://127.0.0.1:${server?.port ?? 0}/test.${topics}`;
  }

  function targetOf(text: string): BusTarget {
    const target = readBusTarget(text);
    if ("error" in target) throw new Error(target.error);
    return target;
  }

  async function join(id: string, address: string, settings: ClusterSettings): Promise<Membership> {
    const membership = await joinCluster({
      settings,
      identity: { id, address, port: 8001, startMs: Date.now() },
      workers: () => ({ ready: 4, busy: 1 }),
      backhanded: () => ({ count: 0, meanTimeMs: null }),
      listens: true,
      log: (line) => lines.push(line),
      measure: () => Promise.resolve(1000),
    });
    joined.push(membership);
    return membership;
  }

  const ids = ({ cluster }: Membership) => cluster.members().map(({ id }) => id);

  testTransport({
    definition,
    target: () => Promise.resolve(targetOf(url())),
    nameOf: ({ path }) => `${definition.name} 127.0.0.1:${server?.port ?? 0}/${path}`,
    source: null,
  });

  test("brings servers together, and takes only those whose address is in AcceptStats", async () => {
    const buses = [url()];
    const one = await join("one", "127.0.0.1", busSettings(buses));
    const two = await join("two", "127.0.0.2", busSettings(buses));
    await join("stranger", "10.1.2.3", busSettings(buses));
    await until(() => ids(one).length === 2 && ids(two).length === 2, "each other");
    await until(() => one.cluster.refused().source > 1, "the stranger's refusal");
    expect(one.cluster.members()[1]).toMatchObject({ id: "two", address: "127.0.0.2", port: 8001 });
    expect(ids(one)).toEqual(["one", "two"]);
    expect(lines.filter((line) => line.includes("without BackhandStatsSecret"))).toHaveLength(3);
  });

  test("waits for a server that is not there yet, and reports it once", async () => {
    const own = busServer(program, await freeTcpPort());
    const buses = [`${definition.name}://127.0.0.1:${own.port}`];
    try {
      const one = await join("one", "127.0.0.1", busSettings(buses));
      const two = await join("two", "127.0.0.2", busSettings(buses));
      expect(ids(one)).toEqual(["one"]);
      await until(() => lines.filter((line) => line.includes("cannot be reached")).length === 2, "the reports");
      await own.start();
      await until(() => ids(one).length === 2 && ids(two).length === 2, "each other", 8000);
      expect(lines.filter((line) => line.includes("cannot be reached"))).toHaveLength(2);
    } finally {
      await own.remove();
    }
  }, 20_000);

  test("lets members age while its server is dead, and come back with it", async () => {
    const own = busServer(program, await freeTcpPort());
    const buses = [`${definition.name}://127.0.0.1:${own.port}`];
    try {
      await own.start();
      const one = await join("one", "127.0.0.1", busSettings(buses));
      await join("two", "127.0.0.2", busSettings(buses));
      const age = () => Date.now() - (one.cluster.members()[1]?.lastHeardMs ?? 0);
      await until(() => ids(one).length === 2 && age() < 200, "the other");
      await own.kill();
      await until(() => age() > 1000, "its silence", 3000);
      expect(one.cluster.self().lastHeardMs).toBeGreaterThan(Date.now() - 500);
      await own.start();
      await until(() => age() < 200, "its voice", 8000);
    } finally {
      await own.remove();
    }
  }, 30_000);

  test("logs in with the user of its URL, and says so when that is refused", async () => {
    const own = busServer(program, await freeTcpPort(), "open-sesame");
    const bus = (password: string) => `${definition.name}://${login(password)}@127.0.0.1:${own.port}`;
    try {
      await own.start();
      const one = await join("one", "127.0.0.1", busSettings([bus("open-sesame")]));
      const two = await join("two", "127.0.0.2", busSettings([bus("open-sesame")]));
      await until(() => ids(one).length === 2 && ids(two).length === 2, "each other");
      const three = await join("three", "127.0.0.3", busSettings([bus("wrong")]));
      const refused = lines.filter((line) => line.includes("cannot be reached"));
      expect(refused).toHaveLength(1);
      expect(refused[0]).not.toContain("open-sesame");
      expect(refused[0]).toMatch(/auth|password|WRONGPASS/i);
      expect(ids(three)).toEqual(["three"]);
    } finally {
      await own.remove();
    }
  }, 20_000);
}
