import type { Migration, SourcePlace } from "../verdict.ts";
import type { Difference } from "./verification.ts";

type Announcement = NonNullable<Difference["announced"]>;
type Found = Omit<Difference, "request" | "announced">;

const keyOf = ({ path, line }: SourcePlace): string => `${path}:${line}`;

/**
 * Gives the differences of one request what the report says of them: a line of one of their sections that is lost, a note at
 * one, a line that is answered in another way, or a host that the report says is met instead; `met` are places of the sections that the new server met. Access that
 * became wider is excused by the host alone.
 */
export function announcer(
  migration: Migration,
): (found: readonly Found[], met?: readonly SourcePlace[]) => readonly Omit<Difference, "request">[] {
  const inSections = bySection(migration);
  const byPlace = new Map<string, Announcement>();
  for (const { place, message } of migration.notes)
    if (place !== null) byPlace.set(keyOf(place), { place, why: message });
  const byHidden = new Map<string, Announcement>();
  for (const { place, about, message } of migration.notes) {
    if (place !== null && about !== undefined) byHidden.set(keyOf(about), { place, why: message });
  }
  return (found, met = []) => {
    // A section that closes what a lost line let in stands for that line.
    const stamped = met.filter((place) => inSections.has(keyOf(place)));
    const host = found.find(({ what }) => what === "virtual host");
    // What is refused before any section counts does not say which host did.
    const isRefused = found.some(({ before, after }) => before === "refused" || after === "refused");
    // The lines begin with the host that the old server took.
    const [old] = isRefused ? (found[0]?.lines ?? []) : [];
    const ofHost = host === undefined ? old && byHidden.get(keyOf(old)) : byPlace.get(host.after);
    return found.map((one) => {
      const isWider = one.what === "access" && one.after === "granted";
      const places = isWider ? [] : [...one.lines, ...stamped];
      const announced = ofHost ?? places.map((place) => inSections.get(keyOf(place))).find((why) => why !== undefined);
      return announced === undefined ? one : { ...one, announced };
    });
  };
}

/** By the opening lines of sections: what the report says of a line in them. */
function bySection({ lines, notes }: Migration): ReadonlyMap<string, Announcement> {
  const noted = new Map(notes.flatMap(({ place, message }) => (place === null ? [] : [[keyOf(place), message]])));
  const found = new Map<string, Announcement>();
  const open: SourcePlace[] = [];
  let file = "";
  for (const { path, line, text, output, verdict } of lines) {
    if (file !== (output ?? path)) open.length = 0;
    file = output ?? path;
    const place = { path, line };
    const tag = /^\s*<(\/?)/.exec(text);
    if (tag?.[1] === "") open.push(place);
    const lost = verdict.kind === "dropped" && verdict.decides ? verdict.why : noted.get(keyOf(place));
    if (verdict.kind === "changed" && verdict.differs === true) found.set(keyOf(place), { place, why: verdict.why });
    if (lost !== undefined) for (const section of [place, ...open]) found.set(keyOf(section), { place, why: lost });
    if (tag?.[1] === "/") open.pop();
  }
  return found;
}
