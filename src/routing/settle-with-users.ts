import type { Authenticate, User } from "../access/authenticator.ts";
import type { AccessRequest, Authorization } from "../access/authorize.ts";
import { authorize } from "../access/authorize.ts";
import { decide } from "../access/decide.ts";
import type { AccessSettings } from "../access/settings.ts";
import { isRefusal } from "./is-refusal.ts";
import type { Match, Refusal } from "./match.ts";
import { settle } from "./settle.ts";

/** What answers a request in the end, whether the client may have it, and who it is. */
export interface SettledWithUsers {
  readonly match: Match;
  readonly authorization: Authorization;
  /** As in `Settled`; counts only where access is granted. */
  readonly refusal: Refusal | null;
}

/**
 * As `settle`, and asks for users where addresses leave it to them: the call for a server. Passwords are checked before
 * anything is decided, once for each set of lines that a folder and its index files have. A promise only where there are any.
 */
export function settleWithUsers(
  match: Match,
  request: Omit<AccessRequest, "asked">,
  authenticate: Authenticate,
): SettledWithUsers | Promise<SettledWithUsers> {
  // Nearly every request is for no folder, and open to all: one look then says what two would, and nothing is put together.
  if (match.index.length === 0 && isGranted(match, request)) {
    return { match, authorization: { kind: "granted", user: null }, refusal: null };
  }
  const asking = withIndexes(match).filter((each) => asksUser(each, byMethod(each, match, request.method), request));
  return asking.length === 0
    ? settledWith({ users: new Map(), authorizations: new Map() }, match, request)
    : ask(asking, match, request, authenticate);
}

interface Known {
  /** Whose password was right, by the lines that it was checked with. */
  readonly users: ReadonlyMap<AccessSettings, User>;
  /** A folder and its index files can have the same lines and other variables. */
  readonly authorizations: ReadonlyMap<Match, Authorization>;
}

async function ask(
  asking: readonly Match[],
  match: Match,
  request: Omit<AccessRequest, "asked">,
  authenticate: Authenticate,
): Promise<SettledWithUsers> {
  const users = new Map<AccessSettings, User>();
  const authorizations = new Map<Match, Authorization>();
  const found = new Map<AccessSettings, ReturnType<Authenticate>>();
  for (const each of asking) {
    const asker = { ...request, asked: each.asked, method: byMethod(each, match, request.method) };
    const authorization = await authorize(each.access, asker, async (settings, credentials) => {
      const checking = found.get(each.access) ?? authenticate(settings, credentials);
      found.set(each.access, checking);
      const checked = await checking;
      if (checked.kind === "user") users.set(each.access, checked.user);
      return checked;
    });
    authorizations.set(each, authorization);
  }
  return settledWith({ users, authorizations }, match, request);
}

function settledWith(
  { users, authorizations }: Known,
  match: Match,
  { clientAddress, localAddress, method }: Omit<AccessRequest, "asked">,
): SettledWithUsers {
  const settled = settle(match, clientAddress, method, localAddress, (settings) => users.get(settings) ?? null);
  const user = users.get(match.access)?.name ?? null;
  if (settled.access === "granted") {
    return { match: settled.match, authorization: { kind: "granted", user }, refusal: settled.refusal };
  }
  const authorization = authorizations.get(settled.by) ?? { kind: "denied" };
  return {
    match: settled.match,
    authorization: authorization.kind === "granted" ? { kind: "denied" } : authorization,
    refusal: settled.refusal,
  };
}

/** Index files are looked for with GET. */
function byMethod(each: Match, match: Match, method: string): string {
  return each === match ? method : "GET";
}

function isGranted(
  { access, asked }: Match,
  { clientAddress, localAddress, method }: Omit<AccessRequest, "asked">,
): boolean {
  return decide(access, clientAddress, method, localAddress, { asked, user: null }) === "granted";
}

function asksUser(
  { access, asked }: Match,
  method: string,
  { clientAddress, localAddress }: Omit<AccessRequest, "asked">,
): boolean {
  return decide(access, clientAddress, method, localAddress, { asked }) === "authentication";
}

/** A match, and the index files that may answer for it. */
function withIndexes(match: Match): readonly Match[] {
  if (match.index.length === 0) return [match];
  return [match, ...match.index.flatMap((index) => (isRefusal(index) ? [] : withIndexes(index)))];
}
