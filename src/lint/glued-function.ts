import { candidacyDefinitions } from "../balance/candidacy/index.ts";
import type { CandidacyDefinition } from "../balance/candidacy.ts";

const PREFIX = "backhand";

const byLowerName: ReadonlyMap<string, CandidacyDefinition> = new Map(
  candidacyDefinitions
    .filter(({ sharedObject }) => sharedObject === null)
    .map((definition) => [definition.name.toLowerCase(), definition]),
);

/** The function of a name such as `BackhandbyAge`, as a printed book has it: the blank is missing. Null for other names. */
export function gluedFunction(directiveName: string): CandidacyDefinition | null {
  const key = directiveName.toLowerCase();
  return key.startsWith(PREFIX) ? (byLowerName.get(key.slice(PREFIX.length)) ?? null) : null;
}
