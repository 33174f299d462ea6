/** Why a server could not start. */
export type ServerErrorCode =
  /** Another process has the port. */
  | "BACKHAND_PORT_IN_USE"
  /** The system does not let this user have the port. */
  | "BACKHAND_PORT_FORBIDDEN"
  /** The address is not one of this machine, or cannot be listened on for another reason. */
  | "BACKHAND_CANNOT_LISTEN"
  | "BACKHAND_UNKNOWN_USER"
  /** A log or pid file that cannot be written, a secret that cannot be read. */
  | "BACKHAND_FILE"
  /** A worker process ended before it served anything. */
  | "BACKHAND_WORKER"
  /** The control socket cannot be made. */
  | "BACKHAND_CONTROL"
  /** The table holds something that cannot be run. */
  | "BACKHAND_BAD_TABLE";

/** The world does not let the server start; the message names what to change. */
export class ServerError extends Error {
  readonly code: ServerErrorCode;
  constructor(code: ServerErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.name = "ServerError";
  }
}

/** The stable name of a system error, or an empty text. */
export function systemCode(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}
