import type { Dialect, TableDirective } from "../compile/table.ts";
import type { RelayLimits } from "../proxy/relay-limits.ts";
import { RetryBudget } from "../proxy/retry.ts";
import type { EffectiveDirective } from "../routing/match.ts";
import { placeKey } from "../routing/place-key.ts";
import type { CookieRules } from "../routing/proxy-reverse.ts";
import { cookieRules } from "../routing/proxy-reverse.ts";
import { readProxyTimeouts, readRetry } from "./relay-limits.ts";
import { readMilliseconds } from "./setting-reader.ts";

/** What the sections that cover a request say of relaying it. */
export interface RelaySettings {
  /** ProxyPreserveHost. */
  readonly preservesHost: boolean;
  readonly via: "off" | "on" | "full" | "block";
  /** ProxyErrorOverride: whether a server's answer of this status gives way to a page of ours; null: none does. */
  readonly overridesError: ((status: number) => boolean) | null;
  readonly cookies: CookieRules;
  readonly limits: RelayLimits;
  /** Those of a ProxyPass line, which may name times of its own. */
  readonly limitsOf: (line: TableDirective) => RelayLimits;
}

/** Reads effective directives, once for each combination of sections. */
export function createRelaySettings(dialect: Dialect): (effective: readonly EffectiveDirective[]) => RelaySettings {
  const known = new WeakMap<readonly EffectiveDirective[], RelaySettings>();
  /** By place of the line, so that sections share what one line allows. */
  const budgets = new Map<string, RetryBudget>();
  const budgetOf = (line: TableDirective | null, share: number): RetryBudget => {
    const key = line === null ? "" : placeKey(line.place);
    const budget = budgets.get(key) ?? new RetryBudget(share);
    budgets.set(key, budget);
    return budget;
  };
  return (effective) => {
    let settings = known.get(effective);
    if (settings === undefined) {
      settings = readRelaySettings(effective, dialect, budgetOf);
      known.set(effective, settings);
    }
    return settings;
  };
}

function readRelaySettings(
  effective: readonly EffectiveDirective[],
  dialect: Dialect,
  budgetOf: (line: TableDirective | null, share: number) => RetryBudget,
): RelaySettings {
  const last = (name: string): EffectiveDirective | null =>
    effective.findLast((line) => line.name.toLowerCase() === name) ?? null;
  const word = (name: string): string => last(name)?.args[0]?.toLowerCase() ?? "";
  const timeout = last("backhandtimeout");
  const retry = last("backhandretry");
  const { retryBudget, ...retries } = readRetry(retry);
  const via = word("proxyvia");
  const limits = { timeouts: readProxyTimeouts(timeout), ...retries, budget: budgetOf(retry, retryBudget) };
  const ofLines = new WeakMap<TableDirective, RelayLimits>();
  return {
    preservesHost: word("proxypreservehost") === "on",
    via: via === "on" || via === "full" || via === "block" ? via : "off",
    overridesError: word("proxyerroroverride") === "on" ? overridden(last("proxyerroroverride"), dialect) : null,
    cookies: cookieRules(effective),
    limits,
    limitsOf(line) {
      const found = ofLines.get(line) ?? limitsOfLine(line, limits, readMilliseconds(word("proxytimeout")));
      ofLines.set(line, found);
      return found;
    },
  };
}

/** `timeout` and `connectiontimeout` of ProxyPass, else ProxyTimeout: silence, before the answer and in it. */
function limitsOfLine({ args }: TableDirective, limits: RelayLimits, otherwiseMs: number | null): RelayLimits {
  const time = (key: string): number | null => {
    const word = args.find((each) => each.toLowerCase().startsWith(`${key}=`));
    return word === undefined ? null : readMilliseconds(word.slice(key.length + 1));
  };
  const silenceMs = time("timeout") ?? otherwiseMs;
  const connectMs = time("connectiontimeout") ?? time("timeout");
  if (silenceMs === null && connectMs === null) return limits;
  const { timeouts } = limits;
  return {
    ...limits,
    timeouts: {
      ...timeouts,
      connectMs: connectMs ?? timeouts.connectMs,
      firstByteMs: silenceMs ?? timeouts.firstByteMs,
      idleMs: silenceMs ?? timeouts.idleMs,
    },
  };
}

/** All errors, or in 2.4 those that the line names. */
function overridden(line: EffectiveDirective | null, dialect: Dialect): (status: number) => boolean {
  const named = new Set(dialect === "2.4" ? (line?.args ?? []).slice(1).map(Number) : []);
  return (status) => (named.size === 0 ? status >= 400 : named.has(status));
}
