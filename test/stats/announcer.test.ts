import type { Announcement } from "../../src/stats/announcement.ts";
import type { AnnouncerOptions } from "../../src/stats/announcer.ts";
import { createAnnouncer } from "../../src/stats/announcer.ts";
import { decodeAnnouncement } from "../../src/stats/packet.ts";
import type { StatsTransport } from "../../src/stats/transport.ts";
import { announcement } from "../support/announcement.ts";

/** The global of this name is not there in ES modules under every Node. */
const { jest: clock } = import.meta as unknown as { readonly jest: typeof jest };

const START = 1_700_000_000_000;

beforeEach(() => {
  clock.useFakeTimers({ now: START });
});

afterEach(() => {
  clock.useRealTimers();
});

/** A transport that keeps the packets, with the time of each. */
function recorder(secret: string | null = null) {
  const sent: { readonly atMs: number; readonly packet: Announcement }[] = [];
  const transport: StatsTransport = {
    name: "recorder",
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    send(bytes) {
      const packet = decodeAnnouncement(bytes, secret);
      if ("failure" in packet) throw new Error(packet.message);
      sent.push({ atMs: Date.now() - START, packet });
    },
  };
  return { sent, transport };
}

function announcer(transports: readonly StatsTransport[], changes: Partial<AnnouncerOptions> = {}) {
  return createAnnouncer({
    outlets: transports.map((transport) => ({ transport, contact: null })),
    describe: () => announcement({ id: "web1", port: 8080, startMs: START }),
    onAnnounced: () => {},
    onError: (error) => {
      throw error;
    },
    intervalMs: 1000,
    secret: null,
    random: () => 0.25,
    ...changes,
  });
}

describe("an announcer", () => {
  test("begins after a random part of the interval and goes on at intervals", () => {
    const { sent, transport } = recorder();
    const running = announcer([transport]);
    running.start();
    clock.advanceTimersByTime(3300);
    running.stop();
    clock.advanceTimersByTime(5000);
    expect(sent.map(({ atMs }) => atMs)).toEqual([250, 1250, 2250, 3250]);
    expect(sent.map(({ packet }) => packet.sequence)).toEqual([1, 2, 3, 4]);
    expect(sent[1]?.packet).toMatchObject({
      id: "web1",
      port: 8080,
      startMs: START,
      timestampMs: START + 1250,
      state: "up",
    });
  });

  test("keeps its pace when announcing takes time", () => {
    const { sent, transport } = recorder();
    const running = announcer([transport], {
      describe() {
        clock.setSystemTime(Date.now() + 30);
        return announcement();
      },
    });
    running.start();
    for (let step = 0; step < 4000; step += 1) clock.advanceTimersByTime(1);
    running.stop();
    // Each is 30 ms late, and the next is not later for it.
    expect(sent.map(({ atMs }) => atMs)).toEqual([280, 1280, 2280, 3280]);
  });

  test("does not make up for announcements that a pause or the clock took", () => {
    const { sent, transport } = recorder();
    const running = announcer([transport]);
    running.start();
    clock.advanceTimersByTime(300);
    clock.setSystemTime(START + 3_600_000);
    clock.advanceTimersByTime(2000);
    clock.setSystemTime(START);
    clock.advanceTimersByTime(2000);
    running.stop();
    expect(sent.length).toBeGreaterThanOrEqual(4);
    expect(sent.length).toBeLessThanOrEqual(5);
  });

  test("numbers every packet, so that who hears two ways takes both for new", () => {
    const [one, two] = [recorder(), recorder()];
    const running = announcer([one.transport, two.transport]);
    running.start();
    clock.advanceTimersByTime(1500);
    running.stop();
    expect(one.sent.map(({ packet }) => packet.sequence)).toEqual([1, 3]);
    expect(two.sent.map(({ packet }) => packet.sequence)).toEqual([2, 4]);
  });

  test("says how long the sessions of a drained server may still come", () => {
    const { sent, transport } = recorder();
    const running = announcer([transport]);
    running.start();
    clock.advanceTimersByTime(300);
    running.drain(true, START + 1300);
    clock.advanceTimersByTime(2000);
    running.drain(false);
    running.stop();
    expect(sent.map(({ packet }) => [packet.state, packet.sessionsLeftMs])).toEqual([
      ["up", null],
      ["drain", 1000],
      ["drain", 50],
      ["drain", 0],
      ["up", null],
    ]);
  });

  test("announces the contact of each way", () => {
    const records = [recorder(), recorder(), recorder()];
    const contacts = [null, { address: "10.0.0.11", port: null }, { address: "10.0.0.12", port: 81 }];
    const outlets = records.map(({ transport }, index) => ({ transport, contact: contacts[index] ?? null }));
    const running = announcer([], { outlets });
    running.start();
    clock.advanceTimersByTime(300);
    running.stop();
    expect(records.map(({ sent }) => [sent[0]?.packet.address, sent[0]?.packet.port])).toEqual([
      [null, 8080],
      ["10.0.0.11", 8080],
      ["10.0.0.12", 81],
    ]);
  });

  test("says at once that it drains, goes on saying it, and takes it back", () => {
    const { sent, transport } = recorder();
    const running = announcer([transport]);
    running.start();
    clock.advanceTimersByTime(500);
    running.drain(true);
    clock.advanceTimersByTime(1000);
    running.drain(false);
    running.stop();
    running.drain(true);
    expect(sent.map(({ atMs, packet }) => `${atMs} ${packet.state}`)).toEqual([
      "250 up",
      "500 drain",
      "1250 drain",
      "1500 up",
    ]);
  });

  test("tells its own server what it announced, also without any way out", () => {
    const heard: string[] = [];
    const running = announcer([], { onAnnounced: ({ id, state }) => heard.push(`${id ?? ""} ${state}`) });
    running.start();
    clock.advanceTimersByTime(1500);
    running.drain(true);
    running.stop();
    expect(heard).toEqual(["web1 up", "web1 up", "web1 drain"]);
  });

  test("signs with the secret", () => {
    const secret = "correct horse battery staple";
    const { sent, transport } = recorder(secret);
    const running = announcer([transport], { secret });
    running.start();
    clock.advanceTimersByTime(500);
    running.stop();
    expect(sent).toHaveLength(1);
  });

  test("goes on after a failure", () => {
    const errors: string[] = [];
    let calls = 0;
    const { sent, transport } = recorder();
    const running = announcer([transport], {
      describe() {
        calls += 1;
        if (calls === 1) throw new Error("no figures");
        return announcement();
      },
      onError: (error) => errors.push(String(error)),
    });
    running.start();
    clock.advanceTimersByTime(1500);
    running.stop();
    expect(errors).toEqual(["Error: no figures"]);
    expect(sent).toHaveLength(1);
  });

  test("leaves no timer behind, however often it is started and stopped", () => {
    const running = announcer([recorder().transport]);
    running.start();
    running.start();
    expect(clock.getTimerCount()).toBe(1);
    running.stop();
    running.stop();
    expect(clock.getTimerCount()).toBe(0);
  });

  test("stays stopped when it is stopped from within an announcement", () => {
    const running = announcer([recorder().transport], {
      onAnnounced: () => {
        running.stop();
      },
    });
    running.start();
    clock.advanceTimersByTime(1500);
    expect(clock.getTimerCount()).toBe(0);
  });
});
