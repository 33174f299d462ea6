import { unexplained, type Difference, type Verification } from "./verification.ts";

/** One line of a difference: who asks for what, and what was and is answered. */
export function differenceText({ request, what, before, after, lines: places, announced }: Difference): string {
  const { method, host, path, port, from } = request;
  const where = places.map((place) => `${place.path}:${place.line}`).join(", ");
  const why =
    announced === undefined
      ? ""
      : `\n    as reported for ${announced.place.path}:${announced.place.line}: ${announced.why}`;
  return `${method} ${host ?? "(no Host)"} ${path} at port ${port} from ${from}: ${what} was ${before}, is ${after}${where === "" ? "" : ` (${where})`}${why}`;
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
    notes.push(`${aside.requests} requests were compared without lines that only httpd runs: ${places}`);
  }
  const how = kind === "live" ? "asked the real server" : `not asked live: ${reason ?? ""}`;
  const count = unexplained(verification).length;
  const known = differences.length - count;
  const sum = known === 0 ? `${count} differences` : `${count} differences, and ${known} that the report announces`;
  return [...notes, `Verified with ${requests} requests, ${how}: ${sum}`];
}

/** A verification for a terminal. */
export function verificationText(verification: Verification): string {
  return `${[...verification.differences.map(differenceText), ...verificationNotes(verification)].join("\n")}\n`;
}
