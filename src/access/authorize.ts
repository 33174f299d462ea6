import type { AskedRequest } from "../routing/client-facts.ts";
import type { Authenticate, User } from "./authenticator.ts";
import { basicChallenge, readBasicCredentials } from "./basic-credentials.ts";
import { decide } from "./decide.ts";
import type { AccessSettings } from "./settings.ts";

/** Whether a client may have what it asks for, and what it is to be told otherwise. */
export type Authorization =
  /** `user` is null where nobody was asked who it is. */
  | { readonly kind: "granted"; readonly user: string | null }
  /** 403 */
  | { readonly kind: "denied" }
  /** 401 with this WWW-Authenticate field. */
  | { readonly kind: "unauthorized"; readonly challenge: string; readonly reason: string }
  /** 500: a user is required, and the configuration does not say how to check one. */
  | { readonly kind: "misconfigured"; readonly reason: string }
  /** 503 */
  | { readonly kind: "busy" };

/** Who asks, for access. */
export interface AccessRequest {
  readonly clientAddress: string;
  readonly localAddress: string;
  readonly method: string;
  /** The Authorization field as sent; null when there is none. */
  readonly authorization: string | null;
  /** For `env=`, `Require env` and `Require expr`; null: they never grant. */
  readonly asked: AskedRequest | null;
}

/**
 * Decides access with users: addresses first, then, where they leave it to a user, name, password and groups.
 * httpd 2.4 request.c ap_process_request_internal, mod_authz_core.c authorize_user_core; 1.3 mod_auth.c check_user_access
 */
export async function authorize(
  settings: AccessSettings,
  request: AccessRequest,
  authenticate: Authenticate,
): Promise<Authorization> {
  const decideFor = (user: User | null): ReturnType<typeof decide> =>
    decide(settings, request.clientAddress, request.method, request.localAddress, { asked: request.asked, user });
  const first = decideFor(null);
  if (first === "granted") return { kind: "granted", user: null };
  if (first === "denied") return { kind: "denied" };
  if (settings.dialect === "2.4" && settings.requirements.length === 0) {
    return { kind: "misconfigured", reason: "there is an AuthType and no Require line" };
  }
  const found = await authenticate(settings.auth, readBasicCredentials(request.authorization));
  const unauthorized = (reason: string): Authorization => ({
    kind: "unauthorized",
    challenge: basicChallenge(settings.auth.realm ?? ""),
    reason,
  });
  switch (found.kind) {
    case "misconfigured":
    case "busy":
      return found;
    case "refused":
      return unauthorized(found.reason);
    case "user": {
      const { name } = found.user;
      if (decideFor(found.user) === "granted") return { kind: "granted", user: name };
      return settings.auth.forbidsOnFailure
        ? { kind: "denied" }
        : unauthorized(`user "${name}" is not among those required`);
    }
    default:
      return found satisfies never;
  }
}
