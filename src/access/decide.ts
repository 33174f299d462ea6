import type { AskedRequest } from "../routing/client-facts.ts";
import { addressBytes } from "./address.ts";
import type { User } from "./authenticator.ts";
import { appliesTo } from "./method.ts";
import { letsIn } from "./order.ts";
import type { Verdict } from "./require.ts";
import { isNamed, judgeAll } from "./require.ts";
import type { AccessSettings } from "./settings.ts";
import { satisfiesAny } from "./settings.ts";

export type AccessDecision = "granted" | "denied" | "authentication";

/** What else may be known of who asks. */
export interface DecideOptions {
  /** For `env=`, `Require env` and `Require expr`. Without it they never grant, and `Deny from env=` denies. */
  readonly asked?: AskedRequest | null;
  /** Whose password was right; null: nobody yet. */
  readonly user?: User | null;
}

const asksUser = ({ users }: AccessSettings, method: string): boolean =>
  users.some(({ limit }) => appliesTo(limit, method));

/** Whether there is no line at all that could refuse. */
function asksNothing({ hosts, users, requirements, auth }: AccessSettings): boolean {
  const { orders, deny } = hosts;
  return orders.length + deny.length + users.length + requirements.length === 0 && auth.type === null;
}

/** What the users' side says: until 2.2 any Require line asks for a user, in 2.4 Require lines have other tests too. */
function usersVerdict(
  settings: AccessSettings,
  client: readonly number[] | null,
  local: string | null,
  method: string,
  { asked = null, user = null }: DecideOptions,
): Verdict {
  if (settings.dialect !== "2.4") {
    const lines = settings.users.filter(({ limit }) => appliesTo(limit, method));
    if (lines.length === 0) return "granted";
    if (user === null) return "needs-user";
    return lines.some(({ words }) => isNamed(words, user)) ? "granted" : "denied";
  }
  // AuthType alone asks for a user and lets none in: httpd answers 500.
  if (settings.requirements.length === 0 && settings.auth.type !== null) return "needs-user";
  const localBytes = local === null ? null : addressBytes(local);
  return judgeAll(settings.requirements, { address: client, local: localBytes, method, asked, user });
}

/**
 * Decides by address and method what httpd decides before it asks for a user: `authentication` means that a user name
 * decides. A client address that cannot be read matches no rule but `all`. `localAddress` is what the client connected to,
 * for `Require local`.
 * httpd 1.3 http_request.c process_request_internal; 2.4 request.c ap_process_request_internal
 */
export function decide(
  settings: AccessSettings,
  clientAddress: string,
  method: string,
  localAddress: string | null = null,
  options: DecideOptions = {},
): AccessDecision {
  if (asksNothing(settings)) return "granted";
  const client = addressBytes(clientAddress);
  const isIn = letsIn(settings.hosts, {
    address: client,
    method,
    variables: options.asked?.variables ?? null,
  });
  const any = satisfiesAny(settings, method);
  if (any && isIn) return "granted";
  if (!any && !isIn) return "denied";
  const verdict = usersVerdict(settings, client, localAddress, method, options);
  if (verdict === "needs-user") return "authentication";
  // Until 2.2 "Satisfy any" with nobody to ask for leaves the addresses; 2.4 lets in (seen with 2.4.71).
  if (any && !isIn && settings.dialect !== "2.4" && !asksUser(settings, method)) return "denied";
  return verdict === "granted" ? "granted" : "denied";
}
