import { createLogLimit } from "../stats/log-limit.ts";
import type { ErrorLog } from "./error-log.ts";
import type { RequestRecord } from "./request-record.ts";

/** How often a server that fails while others answer for it is mentioned. */
const recoveryLogMs = 10_000;

/** Tells the error log what went wrong with requests that were relayed. */
export function createOutcomeLog(errorLog: ErrorLog): (record: RequestRecord) => void {
  const mayLogRecovery = createLogLimit(recoveryLogMs);
  return ({ outcome, clientAddress, request }) => {
    const error = outcome?.error ?? null;
    if (outcome === null || error === null) return;
    // Another server answered: the client saw nothing of it, and a dead server would fill the log until it ages out.
    const recovered = outcome.upstream !== null && outcome.tries > 1;
    // Nor need one that lets hundreds wait be told of each that it sends away.
    const isMany = recovered || error.code === "BACKHAND_UPSTREAM_FULL";
    if (isMany && !mayLogRecovery(error.message, Date.now())) return;
    const isClients = error.code === "BACKHAND_CLIENT_LEFT" || error.code === "BACKHAND_BAD_REQUEST";
    const level = isClients ? "info" : recovered ? "warn" : "error";
    const cause = error.cause instanceof Error ? ` (${error.cause.message})` : "";
    const tries = outcome.tries > 1 ? `, ${outcome.tries} tries` : "";
    errorLog.log(level, `${error.code}: ${error.message}${cause}: ${request.url ?? ""}${tries}`, clientAddress);
  };
}
