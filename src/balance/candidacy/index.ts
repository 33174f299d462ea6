import type { CandidacyDefinition } from "../candidacy.ts";
import { addPrediction } from "./add-prediction.ts";
import { addSelf } from "./add-self.ts";
import { byAge } from "./by-age.ts";
import { byBusyChildren } from "./by-busy-children.ts";
import { byCost } from "./by-cost.ts";
import { byCpu } from "./by-cpu.ts";
import { byHealth } from "./by-health.ts";
import { byHostname } from "./by-hostname.ts";
import { byIdle } from "./by-idle.ts";
import { byInflight } from "./by-inflight.ts";
import { byLatency } from "./by-latency.ts";
import { byLoad } from "./by-load.ts";
import { byLogWindow } from "./by-log-window.ts";
import { byRandom } from "./by-random.ts";
import { bySession } from "./by-session.ts";
import { byWeight } from "./by-weight.ts";
import { byWindow } from "./by-window.ts";
import { httpRedirectToIp } from "./http-redirect-to-ip.ts";
import { httpRedirectToName } from "./http-redirect-to-name.ts";
import { backhandOff, off } from "./off.ts";
import { removeSelf } from "./remove-self.ts";

/** Every built-in candidacy function; names are unique. */
export const candidacyDefinitions: readonly CandidacyDefinition[] = [
  addPrediction,
  addSelf,
  backhandOff,
  byAge,
  byBusyChildren,
  byCost,
  byCpu,
  byHealth,
  byHostname,
  byIdle,
  byInflight,
  byLatency,
  byLoad,
  byLogWindow,
  byRandom,
  bySession,
  byWeight,
  byWindow,
  httpRedirectToIp,
  httpRedirectToName,
  off,
  removeSelf,
];

const byName: ReadonlyMap<string, CandidacyDefinition> = new Map(
  candidacyDefinitions.map((definition) => [definition.name, definition]),
);

/** The function of exactly that name; names are case-sensitive, as the C symbols are that they come from. */
export function findCandidacyDefinition(name: string): CandidacyDefinition | undefined {
  return byName.get(name);
}
