import { ServerError } from "./server-error.ts";

/** The part of `process` that changes who it is; an argument for tests. */
export interface IdentityProcess {
  readonly getuid?: () => number;
  readonly initgroups?: (user: string | number, extraGroup: string | number) => void;
  readonly setgid?: (id: string | number) => void;
  readonly setuid?: (id: string | number) => void;
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
    const lines = `${user === null ? "" : ` User ${user}`}${group === null ? "" : ` Group ${group}`}`;
    throw new ServerError("BACKHAND_UNKNOWN_USER", `Cannot become${lines}: this system does not know it`, error);
  }
}
