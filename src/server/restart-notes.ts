import type { PreparedTable } from "./prepare-table.ts";

/** What a new configuration changes that a running process cannot, in lines for people. */
export function restartNotes(
  before: Pick<PreparedTable, "table" | "settings">,
  next: Pick<PreparedTable, "table" | "settings">,
): readonly string[] {
  const notes: string[] = [];
  const { settings: old } = before;
  const { settings: now } = next;
  const note = (name: string, was: unknown, is: unknown): void => {
    if (JSON.stringify(was) !== JSON.stringify(is)) notes.push(`${name} takes effect after a restart`);
  };
  note("BackhandWorkers", old.workers, now.workers);
  note("User", old.user, now.user);
  note("Group", old.group, now.group);
  note("PidFile", old.pidFile, now.pidFile);
  note("BackhandModeratorPIDFile", old.moderatorPidFile, now.moderatorPidFile);
  note("UnixSocketDir", before.table.cluster.unixSocketDir, next.table.cluster.unixSocketDir);
  if (now.limits.line + now.limits.fieldSize > old.limits.line + old.limits.fieldSize) {
    notes.push("LimitRequestLine and LimitRequestFieldSize beyond 64 KiB together take effect after a restart");
  }
  return notes;
}
