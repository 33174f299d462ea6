import type { CandidacyDefinition, CandidacyRequest } from "../candidacy.ts";

const DEFAULT_IDENTIFIER = "PHPSESSID=";
const WARN_EVERY_MS = 60_000;

/** A server that drains and falls silent has gone; byAge has not looked at it, and this is its default. */
const LEAVING_HEARD_MS = 20_000;

/**
 * Keeps a session on its server. The identifier is looked for in the cookies, then in the query string; the eight hexadecimal
 * digits after it are an IPv4 address, and the first server in the list with that contact address becomes the whole list.
 * A server that drains keeps its sessions, though it is not in the list. Otherwise the list stays as it is.
 */
export const bySession: CandidacyDefinition = {
  name: "bySession",
  sharedObject: null,
  summary: "keeps the server whose address the session identifier begins with",
  argument: { description: "name of the cookie or query parameter, with =", default: DEFAULT_IDENTIFIER },
  ours: false,
  effect: "filter",
  create(argument) {
    const given = argument ?? DEFAULT_IDENTIFIER;
    if (given === "" || given === "=") return { error: `Expected a name such as PHPSESSID= instead of "${given}"` };
    const identifier = given.endsWith("=") ? given : `${given}=`;
    let warnedMs = -Infinity;
    return (candidates, context) => {
      const session = sessionOf(context.request, identifier);
      if (session === null) return candidates;
      const address = addressOf(session);
      if (address !== null) {
        const server = candidates.find((candidate) => candidate.address === address);
        if (server !== undefined) return [server];
        const leaving = context.draining.find((candidate) => candidate.address === address);
        if (leaving !== undefined && context.nowMs - leaving.lastHeardMs <= LEAVING_HEARD_MS) return [leaving];
      }
      if (context.nowMs - warnedMs >= WARN_EVERY_MS) {
        const meant = candidates.find((candidate) => beginsUnpadded(session, candidate.address));
        if (meant !== undefined) {
          warnedMs = context.nowMs;
          context.warn(
            `bySession: a session after ${identifier} seems to name ${meant.address} with octets below 16 in one digit, ` +
              `as Apache::SessionManager writes them; such sessions cannot be followed, write two digits for each octet`,
          );
        }
      }
      return candidates;
    };
  },
};

/** What follows the identifier, in lower case and at most eight characters; null when it is nowhere. */
function sessionOf(request: CandidacyRequest, identifier: string): string | null {
  const { cookie } = request.headers;
  if (cookie !== undefined) {
    const found = valueAfter(cookie, identifier, "; ,");
    if (found !== null) return found;
  }
  const query = request.target.indexOf("?");
  return query < 0 ? null : valueAfter(request.target.slice(query), identifier, "?&;");
}

function valueAfter(text: string, identifier: string, separators: string): string | null {
  for (let at = text.indexOf(identifier); at >= 0; at = text.indexOf(identifier, at + identifier.length)) {
    if (at > 0 && !separators.includes(text.charAt(at - 1))) continue;
    const start = at + identifier.length + (text.charAt(at + identifier.length) === '"' ? 1 : 0);
    return text.slice(start, start + 8).toLowerCase();
  }
  return null;
}

/** `7f000001` → `127.0.0.1` */
function addressOf(session: string): string | null {
  if (!/^[0-9a-f]{8}$/.test(session)) return null;
  const bits = Number.parseInt(session, 16);
  return `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`;
}

/** Whether a session begins with an address such as 10.0.0.5 written `a005`; false when every octet has two digits anyway. */
function beginsUnpadded(session: string, address: string): boolean {
  const octets = address.split(".").map(Number);
  if (octets.length !== 4 || octets.every((octet) => octet >= 16)) return false;
  return session.startsWith(octets.map((octet) => octet.toString(16)).join(""));
}
