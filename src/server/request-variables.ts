import type { ByteString } from "../routing/bytes.ts";
import { withFixedVariables } from "../routing/variables.ts";
import type { RequestRecord } from "./request-record.ts";

/** A variable that SetEnvIf, BrowserMatch or SetEnv has set for a request; null when none did. */
export function variableOf({ match }: RequestRecord, name: string): ByteString | null {
  if (match === null || match.asked === null) return null;
  return withFixedVariables(match.asked.variables, match.effective).get(name.toLowerCase()) ?? null;
}
