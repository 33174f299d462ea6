import type { Candidate } from "./candidacy.ts";
import { defaultHealth } from "./health-words.ts";
import type { HealthWords } from "./health-words.ts";

/** Why a server gets no requests for a while. */
export interface Ejection {
  readonly reason: string;
  /** Local clock, milliseconds. */
  readonly untilMs: number;
  /** How often in a row, this time counted. */
  readonly times: number;
}

export interface NamedEjection extends Ejection {
  readonly id: string;
}

export interface HealthSettings {
  /** Null: nobody is ejected by what is seen here. */
  readonly health: HealthWords | null;
  /** Most of the servers that may be out at a time, 0 to 1; as `health` says unless given. */
  readonly maxEjected?: number;
  /** How long a server that is new or back gets a growing share only; 0: it gets all that it is chosen for. */
  readonly slowStartMs: number;
}

/**
 * Watches what becomes of our requests, and keeps servers that fail them out of the list for a growing time, or until they
 * have started anew. Never more than the set share of the servers is out; when nobody else is left, the caller asks them
 * all the same.
 */
export interface Health {
  succeeded(id: string, nowMs: number): void;
  /** `what` for people: `refused the connection`. */
  failed(id: string, what: string, nowMs: number): void;
  /**
   * Those that may get a request: without the ejected ones, and while servers warm up without some of them, by chance. The
   * same list when there is nothing to take out.
   */
  eligible(candidates: readonly Candidate[], nowMs: number, random: () => number): readonly Candidate[];
  /** Looks who is there, for times without requests: call it as often as servers announce themselves. */
  look(candidates: readonly Candidate[], nowMs: number): void;
  /** Null: not ejected. */
  ejection(id: string, nowMs: number): Ejection | null;
  /**
   * Takes a server out until then, or longer, for a reason that was seen elsewhere than in requests. False: as many as may be
   * are out already.
   */
  hold(id: string, reason: string, untilMs: number, nowMs: number): boolean;
  /** Takes back a server that is held; it warms up. */
  release(id: string, nowMs: number): void;
  /** All that are ejected. */
  ejections(nowMs: number): readonly NamedEjection[];
  /** Takes over who is ejected from another process, which decides it; for settings without health. */
  adopt(ejections: readonly NamedEjection[], nowMs: number): void;
  /** Takes new settings, at once. */
  configure(settings: HealthSettings): void;
}

/** Parts of the window: one tenth of it is forgotten at a time. */
const PARTS = 10;

/** The growth of the time ends here, so that a server that is repaired is back within minutes. */
const MOST_TIMES = 10;

/** A server is back when it was silent for longer. */
const SILENT_MS = 10_000;

/** A server was cut off when it is heard again after a silence that is long, and long for it. */
const CUT_OFF_MS = 3000;
const CUT_OFF_GAPS = 2.5;

/** What stands in the list so soon after the start of this process is not new, only we are. */
const SETTLE_MS = 5000;

/** The share that a server begins with. */
const FIRST_SHARE = 0.1;

interface Part {
  /** Number of the part since 1970. */
  number: number;
  requests: number;
  failures: number;
}

interface State {
  failuresInRow: number;
  readonly parts: Part[];
  ejectedUntilMs: number;
  reason: string;
  times: number;
  isHeld: boolean;
  /** It warms up from then. */
  sinceMs: number;
  heardMs: number;
  /** Between its last two announcements. */
  gapMs: number;
  startedMs: number | null;
}

/** Nobody is known and nobody is ejected. */
export function createHealth(given: HealthSettings, startMs: number): Health {
  let settings = given;
  const states = new Map<string, State>();
  let lastLength = -1;
  let others = 0;
  /** No server is ejected after this time, and none warms up. */
  let ejectedUntilMs = -Infinity;
  let warmUntilMs = -Infinity;

  function find(id: string): State {
    let state = states.get(id);
    if (state === undefined) {
      state = {
        failuresInRow: 0,
        parts: [],
        ejectedUntilMs: -Infinity,
        reason: "",
        times: 0,
        isHeld: false,
        sinceMs: -Infinity,
        heardMs: -Infinity,
        gapMs: 0,
        startedMs: null,
      };
      states.set(id, state);
    }
    return state;
  }

  function count(state: State, { windowMs }: HealthWords, nowMs: number, isFailure: boolean): void {
    const number = Math.floor((nowMs * PARTS) / windowMs);
    const { parts } = state;
    let part = parts.at(-1);
    if (part?.number !== number) {
      part = { number, requests: 0, failures: 0 };
      parts.push(part);
      if (parts.length > PARTS) parts.shift();
    }
    part.requests += 1;
    if (isFailure) part.failures += 1;
  }

  function reasonAgainst(state: State, words: HealthWords, what: string, nowMs: number): string | null {
    const { failures, errorShare, windowMs } = words;
    if (state.failuresInRow >= failures) {
      return `${state.failuresInRow} requests in a row failed, the last one: ${what}`;
    }
    const oldest = Math.floor((nowMs * PARTS) / windowMs) - PARTS;
    let all = 0;
    let failed = 0;
    for (const part of state.parts) {
      if (part.number <= oldest) continue;
      all += part.requests;
      failed += part.failures;
    }
    // Twice as many as in a row: half of five would be two.
    if (all < 2 * failures || failed < errorShare * all) return null;
    return `${failed} of ${all} requests within ${windowMs / 1000} s failed, the last one: ${what}`;
  }

  function ejectedNow(nowMs: number): number {
    let number = 0;
    for (const state of states.values()) if (state.ejectedUntilMs > nowMs) number += 1;
    return number;
  }

  /** What has to be known of the servers when the list is another one. */
  function look(candidates: readonly Candidate[], nowMs: number): void {
    lastLength = candidates.length;
    others = 0;
    for (const { id, isSelf, lastHeardMs, startedMs } of candidates) {
      if (isSelf) continue;
      others += 1;
      const before = states.get(id);
      const isAnother = before !== undefined && before.startedMs !== null && before.startedMs !== startedMs;
      // What was said of a process does not hold for the one that stands in its place.
      if (isAnother) states.delete(id);
      const isBack =
        before === undefined || isAnother || (before.heardMs >= 0 && lastHeardMs - before.heardMs > SILENT_MS);
      const state = find(id);
      const gapMs = lastHeardMs - state.heardMs;
      // The network between us was down, which says nothing of the server; the first failure tells if it is still wrong.
      if (gapMs > CUT_OFF_MS && gapMs > CUT_OFF_GAPS * state.gapMs)
        state.ejectedUntilMs = Math.min(state.ejectedUntilMs, nowMs);
      if (gapMs > 0 && gapMs < Infinity) state.gapMs = gapMs;
      state.heardMs = lastHeardMs;
      state.startedMs = startedMs;
      if (isBack && settings.slowStartMs > 0 && nowMs - startMs > SETTLE_MS) warmUp(state, nowMs);
    }
    if (states.size > others) {
      const present = new Set(candidates.map(({ id }) => id));
      for (const id of states.keys()) if (!present.has(id)) states.delete(id);
    }
    releaseBeyondShare(nowMs);
  }

  /** Servers have gone, and of those that are left too many are out: the ones that would be back first are. */
  function releaseBeyondShare(nowMs: number): void {
    if (nowMs >= ejectedUntilMs) return;
    const out = Array.from(states.values()).filter((state) => state.ejectedUntilMs > nowMs);
    out.sort((a, b) => a.ejectedUntilMs - b.ejectedUntilMs);
    for (const state of out.slice(0, Math.max(0, out.length - Math.floor(maxEjected() * others)))) {
      state.ejectedUntilMs = nowMs;
    }
  }

  function maxEjected(): number {
    return settings.maxEjected ?? (settings.health ?? defaultHealth).maxEjected;
  }

  function warmUp(state: State, fromMs: number): void {
    state.sinceMs = fromMs;
    warmUntilMs = Math.max(warmUntilMs, fromMs + settings.slowStartMs);
  }

  return {
    succeeded(id, nowMs) {
      const { health } = settings;
      if (health === null) return;
      const state = find(id);
      state.failuresInRow = 0;
      count(state, health, nowMs, false);
    },
    failed(id, what, nowMs) {
      const { health } = settings;
      if (health === null) return;
      const state = find(id);
      state.failuresInRow += 1;
      count(state, health, nowMs, true);
      if (state.ejectedUntilMs > nowMs) return;
      const reason = reasonAgainst(state, health, what, nowMs);
      if (reason === null || ejectedNow(nowMs) + 1 > health.maxEjected * others) return;
      // Time that it did well counts against the times before.
      const well = Math.floor(Math.max(0, nowMs - state.ejectedUntilMs) / health.ejectMs);
      state.times = Math.min(MOST_TIMES, Math.max(0, state.times - well) + 1);
      state.reason = reason;
      state.ejectedUntilMs = nowMs + health.ejectMs * state.times;
      // When it is back, the first failure is one too many.
      state.failuresInRow = health.failures - 1;
      state.parts.length = 0;
      ejectedUntilMs = Math.max(ejectedUntilMs, state.ejectedUntilMs);
      if (settings.slowStartMs > 0) warmUp(state, state.ejectedUntilMs);
    },
    eligible(candidates, nowMs, random) {
      // Who announced itself again is not looked at for each request; who is new is.
      if (candidates.length !== lastLength) look(candidates, nowMs);
      if (nowMs >= ejectedUntilMs && nowMs >= warmUntilMs) return candidates;
      const { slowStartMs } = settings;
      const kept = candidates.filter(({ id, isSelf }) => {
        const state = isSelf ? undefined : states.get(id);
        if (state === undefined) return true;
        if (state.ejectedUntilMs > nowMs) return false;
        const share = (nowMs - state.sinceMs) / slowStartMs;
        return !(share < 1) || random() < Math.max(FIRST_SHARE, share);
      });
      // Everybody warms up, and chance left nobody.
      return kept.some(({ isSelf }) => !isSelf) ? kept : candidates.filter(({ id }) => !isEjected(id, nowMs));
    },
    look,
    ejection(id, nowMs) {
      const state = states.get(id);
      if (state === undefined || state.ejectedUntilMs <= nowMs) return null;
      return { reason: state.reason, untilMs: state.ejectedUntilMs, times: state.times };
    },
    hold(id, reason, untilMs, nowMs) {
      const state = find(id);
      if (state.ejectedUntilMs <= nowMs) {
        if (ejectedNow(nowMs) + 1 > maxEjected() * others) return false;
        state.times = 1;
      }
      state.isHeld = true;
      state.reason = reason;
      state.ejectedUntilMs = Math.max(state.ejectedUntilMs, untilMs);
      ejectedUntilMs = Math.max(ejectedUntilMs, state.ejectedUntilMs);
      return true;
    },
    release(id, nowMs) {
      const state = states.get(id);
      if (state?.isHeld !== true) return;
      state.isHeld = false;
      state.ejectedUntilMs = Math.min(state.ejectedUntilMs, nowMs);
      if (settings.slowStartMs > 0) warmUp(state, nowMs);
    },
    ejections(nowMs) {
      if (nowMs >= ejectedUntilMs) return [];
      return Array.from(states).flatMap(([id, { ejectedUntilMs: untilMs, reason, times }]) =>
        untilMs > nowMs ? [{ id, reason, untilMs, times }] : [],
      );
    },
    adopt(ejections, nowMs) {
      const given = new Map(ejections.map((each) => [each.id, each]));
      for (const [id, state] of states) {
        if (!given.has(id)) state.ejectedUntilMs = Math.min(state.ejectedUntilMs, nowMs);
      }
      for (const { id, reason, untilMs, times } of ejections) {
        const state = find(id);
        if (state.ejectedUntilMs === untilMs) continue;
        Object.assign(state, { reason, times, ejectedUntilMs: untilMs });
        ejectedUntilMs = Math.max(ejectedUntilMs, untilMs);
        if (settings.slowStartMs > 0) warmUp(state, untilMs);
      }
    },
    configure(wanted) {
      const had = settings.health !== null;
      settings = wanted;
      if (wanted.health !== null || !had) return;
      for (const state of states.values()) state.ejectedUntilMs = -Infinity;
      ejectedUntilMs = -Infinity;
    },
  };

  function isEjected(id: string, nowMs: number): boolean {
    return (states.get(id)?.ejectedUntilMs ?? -Infinity) > nowMs;
  }
}
