import type { StatusMember } from "./status-report.ts";

/** From then on people are told: byAge, without an argument, leaves such servers out. */
const silentMs = 20_000;

/** Whether a server was not heard of for so long that it may be gone. */
export function isSilent({ ageMs }: Pick<StatusMember, "ageMs">): boolean {
  return ageMs > silentMs;
}

/** What to say of a silent server; null: it is none. */
export function silenceText({ id, ageMs, state }: StatusMember): string | null {
  if (!isSilent({ ageMs })) return null;
  const seconds = Math.floor(ageMs / 1000);
  const time = seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
  return `${id} is silent for ${time}, ${state === "drain" ? "and was draining before: it has most likely ended" : "and may be gone"}`;
}
