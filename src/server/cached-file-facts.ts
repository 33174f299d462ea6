import { statSync } from "node:fs";
import type { FileFacts } from "../routing/file-facts.ts";

/** How long an answer of the file system is believed: requests ask for the same few names again and again. */
const freshMs = 1000;

/** Names to remember; clients can invent any number. */
const remembered = 10_000;

/** What is on this machine, asked at most once a second for each name. What cannot be looked at counts as not there. */
export function createCachedFileFacts(now: () => number = () => performance.now()): FileFacts {
  const known = new Map<string, { readonly kind: ReturnType<FileFacts["kindOf"]>; readonly untilMs: number }>();
  return {
    kindOf(path) {
      const time = now();
      const last = known.get(path);
      if (last !== undefined && last.untilMs > time) return last.kind;
      if (known.size >= remembered) known.clear();
      const kind = look(path);
      known.set(path, { kind, untilMs: time + freshMs });
      return kind;
    },
  };
}

function look(path: string): ReturnType<FileFacts["kindOf"]> {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return null;
    return found.isFile() ? "file" : found.isDirectory() ? "directory" : "other";
  } catch {
    return null;
  }
}
