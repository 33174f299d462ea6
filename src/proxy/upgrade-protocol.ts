import type { IncomingMessage } from "node:http";

/** One name of a protocol, with a version or not. RFC 9110 7.8 */
const protocolName = /^[\w!#$%&'*+.^`|~-]+(?:\/[\w!#$%&'*+.^`|~-]+)?$/;

/** Within these more requests would come, which nobody here would see: past the access rules. */
const carriesHttp = /^(?:h2c?|(?:http|tls)(?:\/.*)?)$/;

/** The protocol, in lower case, that a request asks to change to; null: none that could be relayed. */
export function protocolAskedFor({ method, headers }: IncomingMessage): string | null {
  const asked = headers.upgrade?.toLowerCase() ?? "";
  return method === "GET" && protocolName.test(asked) && !carriesHttp.test(asked) ? asked : null;
}
