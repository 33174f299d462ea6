import type { IncomingMessage } from "node:http";

/** A request that is answered without asking anybody, because two readers could understand it in two ways. */
export interface AmbiguousRequest {
  readonly status: 400 | 501;
  readonly reason: string;
}

/**
 * What Node's parser lets through and no two servers read alike: several Host fields (it takes the first; RFC 9112 3.2 wants
 * 400), Transfer-Encoding in HTTP/1.0 (RFC 9112 6.1), and codings besides `chunked`, which Node leaves in the body while the
 * field that names them is for this connection only. Null for all others.
 */
export function findAmbiguity(request: IncomingMessage): AmbiguousRequest | null {
  const raw = request.rawHeaders;
  let hosts = 0;
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] ?? "";
    if (name.length === 4 && name.toLowerCase() === "host") hosts += 1;
  }
  if (hosts > 1) return { status: 400, reason: "More than one Host field" };
  const coding = request.headers["transfer-encoding"];
  if (coding === undefined) return null;
  if (request.httpVersionMajor === 1 && request.httpVersionMinor === 0) {
    return { status: 400, reason: "Transfer-Encoding in an HTTP/1.0 request" };
  }
  if (coding.trim().toLowerCase() !== "chunked") return { status: 501, reason: "Transfer-Encoding other than chunked" };
  return null;
}
