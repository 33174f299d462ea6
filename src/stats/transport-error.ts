/** What stopped a transport; stable, for scripts and logs. */
export type TransportErrorCode =
  /** Another process has the port. */
  | "BACKHAND_TRANSPORT_IN_USE"
  /** The address of the interface is not one of this machine, or no route leads to the group. */
  | "BACKHAND_TRANSPORT_NO_INTERFACE"
  /** The system forbids it: firewall, capability, broadcast. */
  | "BACKHAND_TRANSPORT_FORBIDDEN"
  /** The text that names a bus cannot be read. */
  | "BACKHAND_TRANSPORT_TARGET"
  /** A bus, a URL or a name server does not answer, or refuses. */
  | "BACKHAND_TRANSPORT_UNREACHABLE"
  | "BACKHAND_TRANSPORT_FAILED";

/** A transport that could not start, send or receive; `cause` is what Node said. */
export class TransportError extends Error {
  readonly code: TransportErrorCode;
  constructor(code: TransportErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.name = "TransportError";
  }
}

/** The error for what a socket of the named transport threw. */
export function transportErrorFrom(cause: unknown, transport: string): TransportError {
  const system = codeOf(cause);
  switch (system) {
    case "EADDRINUSE":
      return new TransportError(
        "BACKHAND_TRANSPORT_IN_USE",
        `Cannot listen on ${transport}: another process has the port; stop it or choose another port`,
        cause,
      );
    case "EADDRNOTAVAIL":
    case "ENODEV":
    case "ENETUNREACH":
    case "EHOSTUNREACH":
      return new TransportError(
        "BACKHAND_TRANSPORT_NO_INTERFACE",
        `No interface of this machine leads to ${transport} (${system}); name an address of this machine before the ` +
          `destination, or add a route`,
        cause,
      );
    case "EPERM":
    case "EACCES":
      return new TransportError(
        "BACKHAND_TRANSPORT_FORBIDDEN",
        `The system does not allow ${transport} (${system}); look at the firewall and the rights of this user`,
        cause,
      );
    default: {
      const why = cause instanceof Error ? cause.message : String(cause);
      return new TransportError("BACKHAND_TRANSPORT_FAILED", `${transport} failed: ${why}`, cause);
    }
  }
}

/** `EADDRINUSE` and the like; empty when there is none. */
function codeOf(cause: unknown): string {
  return typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "";
}
