import type { Verdict } from "../verdict.ts";
import { changed, folded } from "../verdict.ts";

/** New forms that are shown of one line; the others only have other words in the places of parameters. */
const MOST_FORMS = 4;

/** One verdict for a line of a macro, of those that it has in each of its uses: the worst, with the number of uses. */
export function overUses(all: readonly Verdict[]): Verdict | null {
  const worst =
    all.find((one) => one.kind === "dropped" && one.decides) ??
    all.find(({ kind }) => kind === "dropped") ??
    all.findLast(({ kind }) => kind === "changed") ??
    all.findLast(({ kind }) => kind === "folded") ??
    all.at(-1);
  if (worst === undefined || worst.kind === "kept") return worst ?? null;
  const count = all.filter(({ kind }) => kind === worst.kind).length;
  const why = count === all.length ? worst.why : `${worst.why} (in ${count} of ${all.length} uses)`;
  if (worst.kind === "folded") return folded(worst.why);
  if (worst.kind === "changed") {
    const forms = [...new Set(all.flatMap((one) => (one.kind === "changed" ? one.to : [])))];
    const more = forms.length > MOST_FORMS ? [`… and ${forms.length - MOST_FORMS} more`] : [];
    return changed([...forms.slice(0, MOST_FORMS), ...more], why);
  }
  return { ...worst, why };
}
