import { isAuthority } from "./authority.ts";

/** A request target split for the next server. */
export interface SplitTarget {
  /** Path and query as they came, byte for byte. */
  readonly target: string;
  /** The authority of an absolute URI, which then counts instead of the Host field; null for a plain path. */
  readonly authority: string | null;
}

/**
 * Splits the target of a request line. A server must ignore Host when the target is absolute (RFC 9112 3.2.2), and so that no
 * server behind us reads it otherwise, it gets the plain form with the Host that was decided on. Null for what is neither a
 * path nor an `http:` or `https:` URI, or names a user.
 */
export function splitTarget(target: string): SplitTarget | null {
  if (target.startsWith("/")) return { target, authority: null };
  const scheme = /^https?:\/\//i.exec(target)?.[0];
  if (scheme === undefined) return null;
  const rest = target.slice(scheme.length);
  const end = rest.search(/[/?#]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const path = end < 0 ? "" : rest.slice(end);
  if (authority === "" || !isAuthority(authority)) return null;
  return { target: path.startsWith("/") ? path : `/${path}`, authority };
}
