import { unexplained, type Difference, type Verification } from "./verification.ts";

/** One line of a difference: who asks for what, and what was and is answered. */
function differenceText({ request, what, before, after, lines: places }: Difference): string {
  const { method, host, path, port, from } = request;
  const where = places.map((place) => `${place.path}:${place.line}`).join(", ");
  return `${method} ${host ?? "(no Host)"} ${path} at port ${port} from ${from}: ${what} was ${before}, is ${after}${where === "" ? "" : ` (${where})`}`;
}

/** Requests that are shown of those that one line of the report is about. */
const MOST_EXAMPLES = 2;

/**
 * The differences, those first that nothing explains, each by itself; then by the line of the report that announces them, with
 * the first requests of each.
 */
export function differenceTexts({ differences }: Verification): {
  readonly unexplained: readonly string[];
  readonly announced: readonly string[];
} {
  const groups = new Map<string, Difference[]>();
  for (const one of differences) {
    if (one.announced === undefined) continue;
    const { place, why } = one.announced;
    const key = `${place.path}:${place.line}: ${why}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const announced = [...groups].map(([key, all]) => {
    const more = all.length - MOST_EXAMPLES;
    const shown = all.slice(0, MOST_EXAMPLES).map((one) => `\n    ${differenceText(one)}`);
    const rest = more > 0 ? `\n    and ${more} more` : "";
    return `As reported for ${key}${shown.join("")}${rest}`;
  });
  return {
    unexplained: differences
      .filter((one) => one.announced === undefined)
      .map((one) => `DIFFERS  ${differenceText(one)}`),
    announced,
  };
}

/** What a verification found, in sentences: what to know about it first, the sum last. */
export function verificationNotes(verification: Verification): readonly string[] {
  const { kind, reason, requests, differences, aside, standIns } = verification;
  const notes: string[] = [];
  if (standIns.length > 0) {
    notes.push(
      `Empty files and folders stood in for ${standIns.length} that this machine does not have and the new server needs: ${standIns.join(", ")}`,
    );
  }
  if (aside.requests > 0) {
    const places = aside.lines.map(({ path, line }) => `${path}:${line}`).join(", ");
    notes.push(
      `${aside.requests} requests were compared without what only httpd itself makes of these lines: ${places}`,
    );
  }
  const how = kind === "live" ? "asked the real server" : `not asked live: ${reason ?? ""}`;
  const count = unexplained(verification).length;
  const known = differences.length - count;
  const sum = known === 0 ? `${count} differences` : `${count} differences, and ${known} that the report announces`;
  return [...notes, `Verified with ${requests} requests, ${how}: ${sum}`];
}

/** A verification for a terminal; verify.json has every difference. */
export function verificationText(verification: Verification): string {
  const { unexplained: open, announced } = differenceTexts(verification);
  return `${[...announced, ...open, ...verificationNotes(verification)].join("\n")}\n`;
}
