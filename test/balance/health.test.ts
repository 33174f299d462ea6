import type { Candidate } from "../../src/balance/candidacy.ts";
import { createHealth } from "../../src/balance/health.ts";
import type { Health, HealthSettings } from "../../src/balance/health.ts";
import { defaultHealth, isOff, readHealthWords } from "../../src/balance/health-words.ts";
import { candidate, seededRandom } from "../support/candidate.ts";

const START = 1_000_000;
const self = candidate("self", { isSelf: true });
const four = [self, ...["a", "b", "c", "d"].map((id) => candidate(id, { lastHeardMs: START }))];

function healthOf(changes: Partial<HealthSettings> = {}, servers: readonly Candidate[] = four): Health {
  const health = createHealth({ health: defaultHealth, slowStartMs: 0, ...changes }, START);
  health.eligible(servers, START, () => 0);
  return health;
}

function fail(health: Health, id: string, times: number, nowMs = START): void {
  for (let time = 0; time < times; time += 1) health.failed(id, "no connection", nowMs);
}

function left(health: Health, nowMs = START, servers: readonly Candidate[] = four): string {
  return health
    .eligible(servers, nowMs, seededRandom(1))
    .map(({ id }) => id)
    .join(" ");
}

describe("ejection", () => {
  test("five failures in a row take a server out, four do not", () => {
    const health = healthOf();
    fail(health, "a", 4);
    expect(left(health)).toBe("self a b c d");
    fail(health, "a", 1);
    expect(left(health)).toBe("self b c d");
    expect(health.ejection("a", START)).toEqual({
      reason: "5 requests in a row failed, the last one: no connection",
      untilMs: START + 30_000,
      times: 1,
    });
  });

  test("a success in between begins the row again", () => {
    const health = healthOf();
    for (let round = 0; round < 2; round += 1) {
      fail(health, "a", 4);
      health.succeeded("a", START);
    }
    // Eight of ten failed, which is enough by the other rule, but only a failure judges.
    expect(left(health)).toBe("self a b c d");
    fail(health, "a", 1);
    expect(health.ejection("a", START)?.reason).toBe(
      "9 of 11 requests within 10 s failed, the last one: no connection",
    );
  });

  test("half of the requests within the window take a server out, those before it do not count", () => {
    const health = healthOf();
    const pair = (nowMs: number) => {
      health.succeeded("a", nowMs);
      fail(health, "a", 1, nowMs);
    };
    for (let index = 0; index < 4; index += 1) pair(START);
    for (let index = 0; index < 4; index += 1) pair(START + 12_000);
    expect(health.ejection("a", START + 12_000)).toBeNull();
    pair(START + 12_000);
    expect(health.ejection("a", START + 12_000)?.reason).toMatch(/^5 of 10 requests within 10 s failed/);
  });

  test("it is back after its time, and then one failure is enough, for longer", () => {
    const health = healthOf();
    fail(health, "a", 5);
    expect(left(health, START + 29_999)).toBe("self b c d");
    expect(left(health, START + 30_000)).toBe("self a b c d");
    fail(health, "a", 1, START + 30_000);
    expect(health.ejection("a", START + 30_000)).toMatchObject({ untilMs: START + 90_000, times: 2 });
  });

  test("a server that has started anew is back at once", () => {
    const servers = (startedMs: number, heardMs: number) => [
      self,
      ...["a", "b"].map((id) => candidate(id, { startedMs, lastHeardMs: heardMs })),
    ];
    const health = healthOf({}, servers(7, START));
    fail(health, "a", 5);
    health.look(servers(7, START + 1000), START + 1000);
    expect(left(health, START + 1000, servers(7, START + 1000))).toBe("self b");
    health.look(servers(8, START + 2000), START + 2000);
    expect(left(health, START + 2000, servers(8, START + 2000))).toBe("self a b");
  });

  test("a server that was cut off is back when it is heard again, and one failure is then enough", () => {
    const heard = (ms: number) => [self, ...["a", "b"].map((id) => candidate(id, { lastHeardMs: START + ms }))];
    const health = healthOf({}, heard(0));
    health.look(heard(1000), START + 1000);
    fail(health, "a", 5, START + 1500);
    health.look(heard(3900), START + 3900);
    expect(left(health, START + 3900, heard(3900))).toBe("self b");
    health.look(heard(7000), START + 7000);
    expect(left(health, START + 7000, heard(7000))).toBe("self b");
    health.look(heard(15_000), START + 15_000);
    expect(left(health, START + 15_000, heard(15_000))).toBe("self a b");
    fail(health, "a", 1, START + 15_000);
    expect(left(health, START + 15_000, heard(15_000))).toBe("self b");
  });

  test("time that it did well makes the next ejection short again", () => {
    const health = healthOf();
    fail(health, "a", 5);
    fail(health, "a", 1, START + 30_000);
    health.succeeded("a", START + 90_000);
    fail(health, "a", 5, START + 200_000);
    expect(health.ejection("a", START + 200_000)?.times).toBe(1);
  });

  test("the time grows up to ten times", () => {
    const health = healthOf();
    let nowMs = START;
    fail(health, "a", 5, nowMs);
    for (let time = 0; time < 20; time += 1) {
      nowMs = health.ejection("a", nowMs)?.untilMs ?? NaN;
      fail(health, "a", 1, nowMs);
    }
    expect(health.ejection("a", nowMs)).toMatchObject({ untilMs: nowMs + 300_000, times: 10 });
  });

  test("more than the set share is never out", () => {
    const health = healthOf();
    for (const id of ["a", "b", "c", "d"]) fail(health, id, 50);
    expect(left(health)).toBe("self c d");
    const alone = [self, candidate("a")];
    const single = healthOf({}, alone);
    fail(single, "a", 50);
    expect(left(single, START, alone)).toBe("self a");
  });

  test("when others have gone, those that would be back first are back", () => {
    const health = healthOf();
    fail(health, "a", 5);
    fail(health, "b", 5, START + 1000);
    const fewer = four.slice(0, 4);
    expect(left(health, START + 2000, fewer)).toBe("self a c");
    expect(left(health, START + 2000, fewer.slice(0, 2))).toBe("self a");
  });

  test("off ejects nobody, and takes back who is out", () => {
    const health = healthOf();
    fail(health, "a", 5);
    health.configure({ health: null, slowStartMs: 0 });
    expect(left(health)).toBe("self a b c d");
    fail(health, "a", 50);
    expect(left(health)).toBe("self a b c d");
  });

  test("the list is the same one when nobody is out", () => {
    const health = healthOf();
    expect(health.eligible(four, START, () => 0)).toBe(four);
  });
});

describe("slow start", () => {
  const slow = { slowStartMs: 10_000 };
  const later = START + 60_000;
  const fresh = [...four, candidate("new", { lastHeardMs: later })];

  function share(health: Health, nowMs: number, id: string, servers: readonly Candidate[]): number {
    const random = seededRandom(3);
    let count = 0;
    for (let request = 0; request < 2000; request += 1) {
      if (health.eligible(servers, nowMs, random).some((each) => each.id === id)) count += 1;
    }
    return count / 2000;
  }

  test("a new server is in a growing share of the lists", () => {
    const health = createHealth({ health: null, ...slow }, START);
    health.look(four, START);
    expect(share(health, later, "new", fresh)).toBeCloseTo(0.1, 1);
    expect(share(health, later + 5000, "new", fresh)).toBeCloseTo(0.5, 1);
    expect(share(health, later + 10_000, "new", fresh)).toBe(1);
    expect(share(health, later + 5000, "a", fresh)).toBe(1);
  });

  test("what is there at the start is not new", () => {
    const health = createHealth({ health: null, ...slow }, START);
    expect(share(health, START + 1, "a", four)).toBe(1);
  });

  test("a server that was silent for long is as new", () => {
    const health = createHealth({ health: null, ...slow }, START);
    health.eligible(four, START, () => 0);
    const back = four.map((one) => (one.id === "b" ? { ...one, lastHeardMs: later } : one));
    health.look(back, later);
    expect(share(health, later, "b", back)).toBeLessThan(0.2);
  });

  test("after ejection it begins small", () => {
    const health = healthOf({ health: defaultHealth, ...slow });
    fail(health, "a", 5);
    expect(share(health, START + 31_000, "a", four)).toBeCloseTo(0.1, 1);
    expect(share(health, START + 40_000, "a", four)).toBe(1);
  });

  test("chance never leaves nobody", () => {
    const only = [candidate("new", { lastHeardMs: later })];
    const health = createHealth({ health: null, ...slow }, START);
    expect(share(health, later, "new", only)).toBe(1);
  });
});

describe("the words of BackhandHealth", () => {
  test("are read, and what is not said is the default", () => {
    expect(readHealthWords(["failures=3", "Window=2.5", "eject=60s", "max-ejected=20%", "errors=10%"])).toEqual({
      failures: 3,
      windowMs: 2500,
      ejectMs: 60_000,
      maxEjected: 0.2,
      errorShare: 0.1,
    });
    expect(readHealthWords([])).toEqual(defaultHealth);
    expect([isOff(["Off"]), isOff([]), isOff(["off", "on"])]).toEqual([true, false, false]);
  });

  test.each([
    "failures=0",
    "failures=x",
    "errors=0%",
    "errors=101%",
    "eject=0",
    "max-ejected=5",
    "what=1",
    "5",
    "eject=",
  ])("%s is refused", (word) => {
    expect(readHealthWords([word])).toMatchObject({ error: expect.stringContaining(`instead of "${word}"`) as string });
  });
});
