import { describeSelf } from "../../src/stats/self.ts";

test("a server describes itself with its identity and all of its figures", () => {
  const described = describeSelf({
    identity: { id: "web1", address: "10.0.0.11", port: 8080, startMs: 5 },
    host: () => ({ load: 0.5, cpuIdle: 0.75, cpuCount: 4, totalMemoryBytes: 8e9, availableMemoryBytes: 3e9 }),
    workers: () => ({ ready: 7, busy: 1 }),
    backhanded: () => ({ count: 12, meanTimeMs: 3.5 }),
    arriba: () => 900,
  });
  expect(described).toEqual({
    ready: 7,
    busy: 1,
    port: 8080,
    id: "web1",
    address: null,
    startMs: 5,
    sequence: null,
    timestampMs: null,
    load: 0.5,
    cpuIdle: 0.75,
    cpuCount: 4,
    arriba: 900,
    totalMemoryBytes: 8e9,
    availableMemoryBytes: 3e9,
    backhanded: 12,
    meanTimeMs: 3.5,
    state: "up",
    sessionsLeftMs: null,
  });
});
