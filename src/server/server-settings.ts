import { readCheckWords } from "../balance/check-words.ts";
import type { CheckWords } from "../balance/check-words.ts";
import type { HealthSettings } from "../balance/health.ts";
import { defaultHealth, isOff, readHealthWords } from "../balance/health-words.ts";
import type { RoutingTable } from "../compile/table.ts";
import type { ProxyTimeouts, RetryOn } from "../proxy/relay-limits.ts";
import { noInflightLimit, readInflightWords } from "../balance/inflight-words.ts";
import type { InflightLimit } from "../balance/inflight-words.ts";
import { readWorkers } from "../balance/worker-count.ts";
import { readRequestLimit, waitingForPlaces } from "./request-limit.ts";
import { readProxyTimeouts, readRetry } from "./relay-limits.ts";
import { createSettingReader } from "./setting-reader.ts";
import type { SettingReader } from "./setting-reader.ts";
import { readUpgrades } from "./upgrades.ts";
import type { Upgrades } from "./upgrades.ts";

/** What the server-wide directives amount to. Times in milliseconds. */
export interface ServerSettings {
  /** Silence on a connection, and the time for the head of a request. */
  readonly timeoutMs: number;
  readonly keepAlive: boolean;
  readonly keepAliveTimeoutMs: number;
  /** 0: no limit. */
  readonly maxKeepAliveRequests: number;
  readonly limits: RequestLimits;
  /** Requests that this server says it can take at a time. */
  readonly maxClients: number;
  /** Requests that are served at a time; no limit unless a line says so. */
  readonly places: InflightLimit;
  /** Processes that answer requests; 1: this one does. */
  readonly workers: number;
  readonly user: string | null;
  readonly group: string | null;
  readonly pidFile: string | null;
  readonly moderatorPidFile: string | null;
  readonly serverTokens: string;
  readonly upgrades: Upgrades;
  readonly health: HealthSettings;
  /** Null: servers are not asked. */
  readonly check: CheckWords | null;
  readonly maxInflight: InflightLimit;
  readonly proxy: {
    readonly timeouts: ProxyTimeouts;
    readonly maxTries: number;
    readonly retryOn: RetryOn;
    readonly retryBudget: number;
    /** Networks as address/prefix. */
    readonly trusted: readonly string[];
  };
}

/** Bytes and numbers; 0 fields: no limit. */
export interface RequestLimits {
  readonly line: number;
  readonly fields: number;
  readonly fieldSize: number;
}

/** Reads the settings; what a line does not say is as in httpd of the table's version. */
export function readServerSettings(table: RoutingTable): ServerSettings {
  const reader = createSettingReader(table);
  const old = table.apache === "1.3" || table.apache === "2.0";
  const timeoutMs = reader.milliseconds("Timeout", table.apache === "2.4" ? 60_000 : 300_000);
  const requestLimit = readRequestLimit(reader, table.apache === "1.3");
  return {
    timeoutMs,
    keepAlive: reader.flag("KeepAlive", true),
    keepAliveTimeoutMs: reader.milliseconds("KeepAliveTimeout", old ? 15_000 : 5000),
    maxKeepAliveRequests: reader.count("MaxKeepAliveRequests", 100),
    limits: {
      line: reader.count("LimitRequestLine", 8190),
      fields: reader.count("LimitRequestFields", 100),
      fieldSize: reader.count("LimitRequestFieldSize", 8190),
    },
    maxClients: requestLimit ?? 256,
    places: waitingForPlaces(reader, requestLimit, timeoutMs),
    workers: readWorkers(reader.text("BackhandWorkers") ?? "") ?? 1,
    user: reader.text("User"),
    group: reader.text("Group"),
    pidFile: reader.text("PidFile"),
    moderatorPidFile: table.cluster.moderatorPidFile,
    health: readHealth(reader),
    check: readCheck(reader),
    maxInflight: readMaxInflight(reader),
    serverTokens: reader.text("ServerTokens")?.toLowerCase() ?? "full",
    upgrades: readUpgrades(table),
    proxy: {
      timeouts: readProxyTimeouts(reader.find("BackhandTimeout")),
      ...readRetry(reader.find("BackhandRetry")),
      trusted: reader.all("BackhandTrustedProxy").flatMap(({ args }) => args),
    },
  };
}

/** What cannot be read in it is an error of compiling; a table that holds it all the same gets the defaults. */
function readHealth(reader: SettingReader): HealthSettings {
  const words = reader.find("BackhandHealth")?.args ?? [];
  const read = readHealthWords(words);
  const health = isOff(words) ? null : "error" in read ? defaultHealth : read;
  return { health, slowStartMs: reader.count("BackhandSlowStart", 0) * 1000 };
}

/** As with BackhandHealth. */
function readCheck(reader: SettingReader): CheckWords | null {
  const words = reader.find("BackhandCheck")?.args;
  if (words === undefined || isOff(words)) return null;
  const read = readCheckWords(words);
  return "error" in read ? null : read;
}

/** As with BackhandHealth. */
function readMaxInflight(reader: SettingReader): InflightLimit {
  const line = reader.find("BackhandMaxInflight");
  const read = line === null ? noInflightLimit : readInflightWords(line.args);
  return "error" in read ? noInflightLimit : read;
}
