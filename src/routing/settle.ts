import type { AccessDecision } from "../access/decide.ts";
import { decide } from "../access/decide.ts";
import type { User } from "../access/authenticator.ts";
import type { AccessSettings } from "../access/settings.ts";
import { toBytes } from "./bytes.ts";
import { escapePath } from "./escape-path.ts";
import type { Match, Refusal } from "./match.ts";

/** What answers a request in the end, and whether the client may have it. */
export interface Settled {
  readonly match: Match;
  readonly access: AccessDecision;
  /** The folder, file or index file that was asked last: its settings gave `access`. */
  readonly by: Match;
  /** For a folder: what an index file is answered with that cannot be looked at, such as 500 for its .htaccess file. */
  readonly refusal: Refusal | null;
}

/** From 2.0 on a folder that is named without its slash leads to itself with one. */
function isFolderByFileName({ fileKind, uri, access, effective }: Match): boolean {
  if (fileKind !== "directory" || uri.endsWith("/") || access.dialect === "1.3") return false;
  return effective.findLast(({ name }) => name === "DirectorySlash")?.args[0]?.toLowerCase() !== "off";
}

/**
 * Decides access and, for a folder, hands over to the first index file that is there and open to the client. When none is,
 * the folder answers; an index file that is closed to the client closes the folder too, even one that is not there, because
 * httpd will not list what somebody wanted to hide.
 * `userOf` gives the user whose password was right for some settings.
 * httpd mod_dir.c fixup_dir, 1.3 handle_dir
 */
export function settle(
  match: Match,
  clientAddress: string,
  method: string,
  localAddress: string,
  userOf: (settings: AccessSettings) => User | null = () => null,
): Settled {
  const judge: Judge = ({ access: settings, asked }, by) =>
    decide(settings, clientAddress, by, localAddress, { asked, user: userOf(settings) });
  const access = judge(match, method);
  // A Redirect of a section comes before an index file is looked for.
  if (access !== "granted" || match.redirect !== null) return { match, access, by: match, refusal: null };
  return settleFolder(match, method, judge);
}

type Judge = (match: Match, method: string) => AccessDecision;

/** Hands a folder that is open over to an index file; anything else stays as it is. */
function settleFolder(match: Match, method: string, judge: Judge): Settled {
  let by = match;
  let closed: AccessDecision = "granted";
  let refusal: Refusal | null = null;
  for (const index of match.index) {
    if ("status" in index) {
      if (index.status < 400) return { match, access: "granted", by: match, refusal: index };
      if (index.status !== 404) {
        refusal = index;
        closed = "granted";
      }
      continue;
    }
    // httpd looks for index files with GET, whatever the request's method is, and 2.x not at all when the sections are the
    // same (seen with 2.4.71); 1.3 asks again with the request's own when it hands over.
    const isAskedAlready = index.access === match.access && !index.asksAgain && index.access.dialect !== "1.3";
    const indexAccess = isAskedAlready ? "granted" : judge(index, "GET");
    if (indexAccess !== "granted") {
      closed = indexAccess;
      by = index;
      refusal = null;
      continue;
    }
    const sent = redirectOf(index);
    if (sent !== null) {
      if (sent.status < 400) return { match, access: "granted", by: match, refusal: sent };
      refusal = sent;
      closed = "granted";
    } else if (index.fileKind === "file") {
      const status = indexRedirect(match);
      if (status !== null) {
        const sentTo = {
          status,
          reason: `DirectoryIndexRedirect to ${index.uri}`,
          location: index.uri,
          host: index.host,
        };
        return { match, access: "granted", by: match, refusal: sentTo };
      }
      const isAsked = index.access.dialect === "1.3";
      const again = isAsked ? judge(index, method) : "granted";
      return { match: index, access: again, by: index, refusal: null };
    } else if (index.index.length > 0) {
      const inner = settleFolder(index, "GET", judge);
      if (inner.refusal !== null && inner.refusal.status < 400) return { ...inner, match };
      if (inner.match !== index) return inner;
      if (inner.refusal !== null || inner.access !== "granted") {
        ({ refusal, access: closed, by } = inner);
      }
    }
  }
  return { match, access: closed, by, refusal };
}

const indexRedirects: Readonly<Record<string, number>> = { on: 302, temp: 302, permanent: 301, seeother: 303 };

/** DirectoryIndexRedirect of a folder: the client is sent to the index file instead of getting it. */
function indexRedirect({ effective }: Match): number | null {
  const word = effective.findLast(({ name }) => name === "DirectoryIndexRedirect")?.args[0]?.toLowerCase() ?? "off";
  return indexRedirects[word] ?? (/^3\d\d$/.test(word) ? Number(word) : null);
}

/** What an index file is answered with by a Redirect of its section, or as a folder without its slash. */
function redirectOf(index: Match): Refusal | null {
  if (index.redirect !== null) return { ...index.redirect, reason: `Redirect of ${index.uri}`, host: index.host };
  if (!isFolderByFileName(index)) return null;
  const query = index.query === null ? "" : `?${index.query}`;
  const location = `${escapePath(toBytes(index.uri), index.access.dialect)}/${query}`;
  return { status: 301, reason: `${index.uri} is a folder`, location, host: index.host };
}
