import { ServerError } from "./server-error.ts";

/** The part of `process` that changes who it is; an argument for tests. */
export interface IdentityProcess {
  readonly getuid?: () => number;
  readonly initgroups?: (user: string | number, extraGroup: string | number) => void;
  readonly setgid?: (id: string | number) => void;
  readonly setuid?: (id: string | number) => void;
  readonly setegid?: (id: string | number) => void;
  readonly seteuid?: (id: string | number) => void;
}

/** `#1000` is a number, anything else a name; negative numbers wrap as in C. */
function readId(word: string): string | number {
  const digits = /^#(-?\d{1,10})$/.exec(word)?.[1];
  return digits === undefined ? word : Number(digits) >>> 0;
}

/**
 * Becomes User and Group for good, when started as root; otherwise it cannot and need not. Throws a ServerError for names that
 * the system does not know.
 */
export function dropPrivileges(user: string | null, group: string | null, target: IdentityProcess): void {
  if (target.getuid?.() !== 0 || (user === null && group === null)) return;
  try {
    // The supplementary groups first: afterwards the right to change them is gone.
    if (user !== null) target.initgroups?.(readId(user), readId(group ?? user));
    if (group !== null) target.setgid?.(readId(group));
    if (user !== null) target.setuid?.(readId(user));
  } catch (error) {
    throw unknownIdentity(user, group, error);
  }
}

/** Rights of root that are at hand for the moments that need them. */
export interface Privileges {
  /** From here on as root, until `lower` was called as often. */
  readonly raise: () => void;
  readonly lower: () => void;
}

/**
 * For a process that starts others again and again, which open ports, logs and keys before they give the rights up for good.
 * It is root now; with `lower` it acts as User and Group, and it can come back. Without root's rights, or without User and
 * Group, nothing happens. `lower` throws a ServerError for names that the system does not know.
 */
export function createPrivileges(user: string | null, group: string | null, target: IdentityProcess): Privileges {
  if (target.getuid?.() !== 0 || (user === null && group === null)) {
    return { raise: () => undefined, lower: () => undefined };
  }
  let needed = 1;
  return {
    raise() {
      needed += 1;
      if (needed !== 1) return;
      target.seteuid?.(0);
      target.setegid?.(0);
    },
    lower() {
      needed -= 1;
      if (needed > 0) return;
      try {
        if (user !== null) target.initgroups?.(readId(user), readId(group ?? user));
        if (group !== null) target.setegid?.(readId(group));
        if (user !== null) target.seteuid?.(readId(user));
      } catch (error) {
        throw unknownIdentity(user, group, error);
      }
    },
  };
}

function unknownIdentity(user: string | null, group: string | null, cause: unknown): ServerError {
  const lines = `${user === null ? "" : ` User ${user}`}${group === null ? "" : ` Group ${group}`}`;
  return new ServerError("BACKHAND_UNKNOWN_USER", `Cannot become${lines}: this system does not know it`, cause);
}
