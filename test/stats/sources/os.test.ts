import type { SystemCalls } from "../../../src/stats/sources/os.ts";
import { createHostSource } from "../../../src/stats/sources/os.ts";

function calls(changes: Partial<SystemCalls> = {}): SystemCalls {
  return {
    cpus: () => [cpu(60, 40), cpu(100, 0)],
    loadavg: () => [0.75, 0.5, 0.25],
    totalmem: () => 8e9,
    freemem: () => 1e9,
    meminfo: () => "MemTotal:  7812500 kB\nMemFree:  976562 kB\nMemAvailable:    3000000 kB\n",
    ...changes,
  };
}

function cpu(busy: number, idle: number) {
  return { times: { user: busy, nice: 0, sys: 0, idle, irq: 0 } };
}

describe("the figures of this host", () => {
  test("are the load, the CPUs and the memory", () => {
    expect(createHostSource(calls())()).toEqual({
      load: 0.75,
      cpuIdle: 0.2,
      cpuCount: 2,
      totalMemoryBytes: 8e9,
      availableMemoryBytes: 3_072_000_000,
    });
  });

  test("have the idle share since the sample before", () => {
    const samples = [
      [cpu(60, 40), cpu(100, 0)],
      [cpu(60, 140), cpu(150, 50)],
      [cpu(60, 140), cpu(150, 50)],
      // A CPU was taken away.
      [cpu(60, 140)],
      [cpu(160, 140)],
    ];
    const source = createHostSource(calls({ cpus: () => samples.shift() ?? [] }));
    expect(Array.from({ length: 6 }, () => source().cpuIdle)).toEqual([0.2, 0.75, 0.75, 0.75, 0, 0]);
  });

  test("have the free memory where nothing says what is available", () => {
    const free = (meminfo: SystemCalls["meminfo"]) => createHostSource(calls({ meminfo }))().availableMemoryBytes;
    expect(free(() => "MemTotal: 5 kB\n")).toBe(1e9);
    expect(
      free(() => {
        throw new Error("ENOENT");
      }),
    ).toBe(1e9);
    // A container that sees the host's /proc.
    expect(free(() => "MemAvailable: 99000000 kB\n")).toBe(8e9);
  });

  test("can be had of the real system", () => {
    const { load, cpuIdle, cpuCount, totalMemoryBytes, availableMemoryBytes } = createHostSource()();
    expect(load).toBeGreaterThanOrEqual(0);
    expect(cpuIdle).toBeGreaterThanOrEqual(0);
    expect(cpuIdle).toBeLessThanOrEqual(1);
    expect(cpuCount).toBeGreaterThanOrEqual(1);
    expect(availableMemoryBytes).toBeGreaterThan(0);
    expect(totalMemoryBytes).toBeGreaterThanOrEqual(availableMemoryBytes);
  });
});
