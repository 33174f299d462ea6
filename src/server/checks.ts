import { request } from "node:http";
import type { CheckWords } from "../balance/check-words.ts";
import type { Health } from "../balance/health.ts";
import type { UpstreamTls } from "../proxy/upstream-tls.ts";
import { connectOverTls } from "../proxy/upstream-tls.ts";
import type { Member } from "../stats/member.ts";
import { addressAndPort } from "../access/address.ts";
import { withoutZone } from "../stats/ip-address.ts";

/** What came of the last check of a server. */
export interface CheckResult {
  /** What is wrong, for people; null: it is well. */
  readonly problem: string | null;
  readonly latencyMs: number;
  /** Local clock, milliseconds. */
  readonly atMs: number;
}

/** Asks servers again and again whether they are well, and keeps those that are not out of the list. */
export interface Checks {
  /** Null: not asked yet, or servers are not asked. */
  readonly resultOf: (id: string) => CheckResult | null;
  /**
   * Null: servers are not asked from now on, and those that were kept out are back. `tls`: how they are spoken to; null: in
   * plain HTTP.
   */
  readonly configure: (words: CheckWords | null, tls: UpstreamTls | null) => void;
  readonly stop: () => void;
}

export interface ChecksOptions {
  readonly members: () => readonly Member[];
  readonly health: Pick<Health, "hold" | "release">;
  readonly tls: UpstreamTls | null;
  /** 0 ≤ x < 1. */
  readonly random?: () => number;
}

/** How often servers are looked for whose turn it is. */
const lookEveryMs = 50;
/** Checks that run at a time; those beyond it come a moment later. */
const maxRunning = 64;
/** Part of the interval by which checks come sooner or later, so that many balancers do not ask in step. */
const jitter = 0.1;

interface Checked {
  dueMs: number;
  isRunning: boolean;
  good: number;
  bad: number;
  isOut: boolean;
  result: CheckResult | null;
}

export function createChecks(
  first: CheckWords | null,
  { members, health, tls: firstTls, random = Math.random }: ChecksOptions,
): Checks {
  let words = first;
  let tls = firstTls;
  const checked = new Map<string, Checked>();
  let running = 0;
  /** Answers to what was asked under other words are nobody's. */
  let era = 0;

  function judge(id: string, state: Checked, asked: CheckWords, result: CheckResult): void {
    const { rise, fall, intervalMs, timeoutMs } = asked;
    state.result = result;
    state.good = result.problem === null ? state.good + 1 : 0;
    state.bad = result.problem === null ? 0 : state.bad + 1;
    if (state.bad >= fall) state.isOut = true;
    if (state.isOut && state.good >= rise) {
      state.isOut = false;
      health.release(id, result.atMs);
    }
    if (!state.isOut) return;
    const reason =
      result.problem === null
        ? `${state.good} of ${rise} checks in a row are good again`
        : `${state.bad} checks in a row failed, the last one: ${result.problem}`;
    // Until the next check is certain to have said something.
    health.hold(id, reason, result.atMs + 2 * intervalMs + timeoutMs, result.atMs);
  }

  function start(member: Member, state: Checked, asked: CheckWords): void {
    const at = era;
    state.isRunning = true;
    state.dueMs += asked.intervalMs * (1 + jitter * (2 * random() - 1));
    running += 1;
    void check(member, asked, tls).then((result) => {
      running -= 1;
      state.isRunning = false;
      if (at === era && checked.get(member.id) === state) judge(member.id, state, asked, result);
    });
  }

  function look(): void {
    if (words === null) return;
    const nowMs = Date.now();
    const present = new Set<string>();
    for (const member of members()) {
      if (member.isSelf) continue;
      present.add(member.id);
      let state = checked.get(member.id);
      if (state === undefined) {
        // A new server is asked at once: it may take requests from now on.
        state = { dueMs: nowMs, isRunning: false, good: 0, bad: 0, isOut: false, result: null };
        checked.set(member.id, state);
      }
      // After a pause, or a change of the clock, nothing is made up for.
      if (Math.abs(nowMs - state.dueMs) > 2 * words.intervalMs) state.dueMs = nowMs;
      if (nowMs >= state.dueMs && !state.isRunning && running < maxRunning) start(member, state, words);
    }
    if (checked.size > present.size) {
      for (const id of checked.keys()) if (!present.has(id)) checked.delete(id);
    }
  }

  let timer = setInterval(look, lookEveryMs).unref();
  return {
    resultOf: (id) => checked.get(id)?.result ?? null,
    configure(wanted, wantedTls) {
      tls = wantedTls;
      if (JSON.stringify(wanted) === JSON.stringify(words)) return;
      words = wanted;
      era += 1;
      const nowMs = Date.now();
      for (const [id, state] of checked) if (state.isOut) health.release(id, nowMs);
      checked.clear();
      clearInterval(timer);
      timer = setInterval(look, lookEveryMs).unref();
    },
    stop() {
      era += 1;
      clearInterval(timer);
    },
  };
}

/** One question, over a connection of its own. Never rejects. */
function check(
  member: Member,
  { path, host, timeoutMs, expect }: CheckWords,
  tls: UpstreamTls | null,
): Promise<CheckResult> {
  const { address, port } = member;
  const startMs = performance.now();
  return new Promise((resolve) => {
    const done = (problem: string | null): void => {
      clearTimeout(limit);
      outgoing.destroy();
      resolve({ problem, latencyMs: performance.now() - startMs, atMs: Date.now() });
    };
    const headers = {
      Host: host ?? addressAndPort(withoutZone(address), port),
      "User-Agent": "backhand-check",
      Connection: "close",
    };
    const outgoing = request({
      host: address,
      port,
      path,
      headers,
      maxHeaderSize: 16_384,
      ...(tls === null ? { agent: false } : { createConnection: () => connectOverTls(member, tls, null) }),
    });
    const limit = setTimeout(() => {
      done(`no answer within ${timeoutMs / 1000} s`);
    }, timeoutMs);
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      done(error.code === "ECONNREFUSED" ? "no connection" : `no answer (${error.code ?? error.message})`);
    });
    outgoing.on("response", ({ statusCode = 0 }) => {
      const isGood = expect.some(([from, to]) => statusCode >= from && statusCode <= to);
      done(isGood ? null : `it answered ${statusCode}`);
    });
    outgoing.end();
  });
}
