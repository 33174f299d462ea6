import type { Authorization } from "../access/authorize.ts";
import type { Match } from "../routing/match.ts";
import type { LogLevel } from "./error-log.ts";
import type { LocalAnswer } from "./local-answer.ts";

/** How a request is answered that access keeps out, and what the error log says of it. */
export interface AccessAnswer {
  readonly answer: LocalAnswer;
  readonly level: LogLevel;
  readonly message: string;
}

/** Seconds after which a password may be checked that had to wait too long. */
const retryAfterSeconds = 1;

/** The statuses are httpd's: 403, 401 with its challenge, 500 where a line is missing that says how to check a user. */
export function accessAnswer(
  authorization: Exclude<Authorization, { readonly kind: "granted" }>,
  match: Match,
  method: string,
): AccessAnswer {
  switch (authorization.kind) {
    case "denied":
      return {
        answer: { status: 403 },
        level: "error",
        message: `client denied by server configuration: ${match.filename}`,
      };
    case "unauthorized":
      return {
        answer: { status: 401, challenge: authorization.challenge },
        level: "error",
        message: `${method} ${match.uri}: ${authorization.reason}`,
      };
    case "misconfigured":
      return { answer: { status: 500 }, level: "error", message: `${match.uri}: ${authorization.reason}` };
    case "busy":
      return {
        answer: { status: 503, retryAfterSeconds },
        level: "warn",
        message: `${match.uri}: too many passwords wait to be checked`,
      };
    default:
      return authorization satisfies never;
  }
}
