import { Agent, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { StatusReport } from "../../server/status-report.ts";
import type { Terminal } from "../terminal.ts";
import { backends, type BackendName, type DemoCluster } from "./demo-cluster.ts";

/** `Backhand byAge 3` in the demo's configuration. */
const maxAgeMs = 3000;
/** Age is looked at when a request is decided; announcements come once a second. */
const slackMs = 1000;
const betweenRequestsMs = 10;

/** What became of a number of requests. */
interface Tally {
  readonly by: Map<string, number>;
  readonly failures: string[];
}

/**
 * Sends requests, kills a backend in between, starts it again, and looks at what the balancer did. True when everything was
 * as it shall be; what happened goes to standard output.
 */
export async function checkScripted(cluster: DemoCluster, terminal: Terminal): Promise<boolean> {
  const agent = new Agent({ keepAlive: true });
  const say = (text: string): void => {
    terminal.stdout(`${text}\n`);
  };
  const failed: string[] = [];
  const expect = (holds: boolean, claim: string): void => {
    if (!holds) failed.push(claim);
    say(`  ${holds ? "ok  " : "FAIL"}  ${claim}`);
  };

  say("1  Every backend is heard by multicast");
  const heard = await until(6000, async () => {
    const members = (await status(cluster, agent)).members;
    return backends.every(({ name }) => members.some(({ id }) => id === name));
  });
  expect(heard, `${backends.map(({ name }) => name).join(", ")} announce themselves at ${cluster.group}`);

  say("2  Requests are balanced by load");
  const before = newTally();
  await send(cluster, agent, before, 2500);
  say(`        ${tallyText(before)}`);
  expect(before.failures.length === 0, `${total(before)} requests, ${before.failures.length} failed`);
  expect(before.by.size > 1, `${before.by.size} backends took part`);

  const victim = busiest(before);
  say(`3  ${victim} is killed while requests run`);
  const killedAt = Date.now();
  const during = newTally();
  const [, gone] = await Promise.all([
    cluster.kill(victim),
    until(maxAgeMs + slackMs, async () => {
      await send(cluster, agent, during, 250);
      const choices = await decisions(cluster, agent, victim);
      await send(cluster, agent, during, 250);
      return Date.now() - killedAt > 1000 && choices === (await decisions(cluster, agent, victim));
    }),
  ]);
  const outAfterMs = Date.now() - killedAt;
  say(`        ${tallyText(during)}`);
  expect(
    gone && outAfterMs <= maxAgeMs + slackMs,
    `no longer chosen after ${(outAfterMs / 1000).toFixed(1)} s (byAge 3)`,
  );
  expect(during.failures.length === 0, `${total(during)} requests, ${during.failures.length} failed`);

  say(`4  ${victim} comes back`);
  await cluster.start(victim);
  const after = newTally();
  const back = await until(6000, async () => {
    await send(cluster, agent, after, 200);
    return after.by.has(victim);
  });
  expect(back, `${victim} takes requests again`);
  expect(after.failures.length === 0, `${total(after)} requests, ${after.failures.length} failed`);
  for (const failure of [...before.failures, ...during.failures, ...after.failures].slice(0, 5))
    say(`        ${failure}`);
  agent.destroy();
  say(failed.length === 0 ? "All is well." : `${failed.length} checks failed.`);
  return failed.length === 0;
}

function newTally(): Tally {
  return { by: new Map(), failures: [] };
}

function total({ by, failures }: Tally): number {
  return [...by.values()].reduce((sum, count) => sum + count, failures.length);
}

function tallyText({ by }: Tally): string {
  return [...by.entries()]
    .sort()
    .map(([name, count]) => `${name} ${count}`)
    .join("   ");
}

function busiest({ by }: Tally): BackendName {
  const count = (name: BackendName): number => by.get(name) ?? 0;
  return backends.map(({ name }) => name).reduce((best, name) => (count(name) > count(best) ? name : best));
}

/** Sends a request every few milliseconds for some time, several at once. */
async function send(cluster: DemoCluster, agent: Agent, tally: Tally, forMs: number): Promise<void> {
  const end = Date.now() + forMs;
  const running: Promise<void>[] = [];
  for (let number = 0; Date.now() < end; number += 1) {
    running.push(request(`${cluster.url}/app/${number}`, agent, tally));
    await sleep(betweenRequestsMs);
  }
  await Promise.all(running);
}

async function request(url: string, agent: Agent, tally: Tally): Promise<void> {
  const answer = await fetchText(url, agent);
  if (answer.status === 200 && answer.servedBy !== null) {
    tally.by.set(answer.servedBy, (tally.by.get(answer.servedBy) ?? 0) + 1);
  } else {
    tally.failures.push(`${url}: ${answer.status} ${answer.text.slice(0, 120)}`);
  }
}

interface Answer {
  /** 0 when there was none. */
  readonly status: number;
  readonly servedBy: string | null;
  readonly text: string;
}

function fetchText(url: string, agent: Agent): Promise<Answer> {
  return new Promise((resolve) => {
    const failed = (error: Error): void => {
      resolve({ status: 0, servedBy: null, text: error.message });
    };
    const sent = get(url, { agent, timeout: 10_000 }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("error", failed);
      response.on("end", () => {
        const servedBy = response.headers["x-served-by"];
        resolve({ status: response.statusCode ?? 0, servedBy: typeof servedBy === "string" ? servedBy : null, text });
      });
    });
    sent.on("error", failed).on("timeout", () => {
      sent.destroy(new Error("no answer within 10 s"));
    });
  });
}

async function status(cluster: DemoCluster, agent: Agent): Promise<StatusReport> {
  const { text } = await fetchText(`${cluster.url}/backhand/?format=json`, agent);
  return JSON.parse(text) as StatusReport;
}

/** How often the balancer chose a backend so far. */
async function decisions(cluster: DemoCluster, agent: Agent, name: BackendName): Promise<number> {
  return (await status(cluster, agent)).members.find(({ id }) => id === name)?.requests ?? 0;
}

/** Repeats a check until it holds; false when time is up. */
async function until(withinMs: number, check: () => Promise<boolean>): Promise<boolean> {
  const end = Date.now() + withinMs;
  for (;;) {
    if (await check()) return true;
    if (Date.now() >= end) return false;
    await sleep(100);
  }
}
