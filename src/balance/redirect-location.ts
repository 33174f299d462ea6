import type { CandidacyRequest } from "./candidacy.ts";

/**
 * The Location for a redirect to another host (IPv6 in brackets): same scheme, port, path and query as the request. The port
 * is the one in the Host field; without one none is named.
 */
export function redirectLocation(request: CandidacyRequest, host: string): string {
  const port = /:(\d{1,5})$/.exec(request.host ?? "")?.[1];
  return `${request.scheme}://${host}${port === undefined ? "" : `:${port}`}${pathOf(request.target)}`;
}

/** Path and query of the target, with everything escaped that may not stand in a header field. */
function pathOf(target: string): string {
  const origin = target.startsWith("/") ? target : target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, "");
  const path = origin.startsWith("/") ? origin : origin.startsWith("?") ? `/${origin}` : "/";
  // Node gives the bytes of the request line as one character each.
  return path.replace(/[^\x21-\x7e]/g, (character) => {
    const bytes = Buffer.from(character, character > "\xff" ? "utf8" : "latin1");
    return bytes.toString("hex").replace(/../g, (pair) => `%${pair.toUpperCase()}`);
  });
}
