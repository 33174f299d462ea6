import type { AccessDecision } from "../access/decide.ts";
import { decide } from "../access/decide.ts";
import type { Match } from "./match.ts";

/** What answers a request in the end, and whether the client may have it. */
export interface Settled {
  readonly match: Match;
  readonly access: AccessDecision;
}

/**
 * Decides access and, for a folder, hands over to the first index file that is there and open to the client. When none is,
 * the folder answers; an index file that is closed to the client closes the folder too, even one that is not there, because
 * httpd will not list what somebody wanted to hide.
 * httpd mod_dir.c fixup_dir, 1.3 handle_dir
 */
export function settle(match: Match, clientAddress: string, method: string, localAddress: string): Settled {
  const { asked } = match;
  const access = decide(match.access, clientAddress, method, localAddress, { asked });
  if (access !== "granted") return { match, access };
  let closed: AccessDecision = "granted";
  for (const index of match.index) {
    // httpd looks for index files with GET, whatever the request's method is, and 2.x not at all when the sections are the
    // same (seen with 2.4.71); 1.3 asks again with the request's own when it hands over.
    const isAskedAlready = index.access === match.access && index.access.dialect !== "1.3";
    const indexAccess = isAskedAlready
      ? "granted"
      : decide(index.access, clientAddress, "GET", localAddress, { asked: index.asked });
    if (indexAccess !== "granted") {
      closed = indexAccess;
    } else if (index.fileKind === "file") {
      const isAsked = index.access.dialect === "1.3";
      const again = isAsked
        ? decide(index.access, clientAddress, method, localAddress, { asked: index.asked })
        : "granted";
      return { match: index, access: again };
    }
  }
  return { match, access: closed };
}
