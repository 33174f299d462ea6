import type { Candidate, CandidacyDefinition, CandidacyFunction, ChoiceContext } from "../../src/balance/candidacy.ts";
import { context } from "./candidate.ts";

/** The function, for an argument that it must take. */
export function made(definition: CandidacyDefinition, argument: string | null = null): CandidacyFunction {
  const created = definition.create(argument);
  if ("error" in created) throw new Error(created.error);
  return created;
}

/** Names of the servers that the function leaves, in its order. */
export function idsAfter(
  definition: CandidacyDefinition,
  argument: string | null,
  candidates: readonly Candidate[],
  changes: Partial<ChoiceContext> = {},
): readonly string[] {
  const full = { ...context(changes), redirect: () => {}, draining: [] };
  return made(definition, argument)(candidates, full).map((each) => each.id);
}

/** Host to which a redirect function sends requests for the chosen server; null: it relays them. */
export function redirectedTo(
  definition: CandidacyDefinition,
  argument: string | null,
  chosen: Candidate,
  changes: Partial<ChoiceContext> = {},
): string | null {
  let host: string | null = null;
  const redirect = (hostOf: (server: Candidate) => string | null) => {
    host = hostOf(chosen);
  };
  made(definition, argument)([chosen], { ...context(changes), redirect, draining: [] });
  return host;
}
