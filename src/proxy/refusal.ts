import type { IncomingMessage } from "node:http";
import { isAuthority } from "./authority.ts";
import { isIgnoringCase } from "./ignoring-case.ts";
import { splitTarget } from "./request-target.ts";

/** A request that is answered without asking anybody, because two readers could understand it in two ways. */
export interface AmbiguousRequest {
  readonly status: 400 | 417 | 501 | 505;
  readonly reason: string;
}

/**
 * What Node's parser lets through and no two servers read alike. Null for all others.
 * - versions besides 1.0 and 1.1, of which it takes 2.0 for 1.1
 * - targets that are neither a path, nor `*`, nor an http URI with nothing but a host
 * - targets with a fragment: some cut it off, for others it is part of the path, and the rules for the one do not hold for the other
 * - lengths that are no number for those who reckon with 64 bits
 * - several Host fields, of which it takes the first, none in HTTP/1.1, and hosts that are none (RFC 9112 3.2 wants 400)
 * - Transfer-Encoding in HTTP/1.0 (RFC 9112 6.1)
 * - codings besides `chunked`, which Node leaves in the body while the field that names them is for this connection only
 * - an upgrade with a body, which some take for the first bytes of the other protocol
 * - expectations that nobody knows (RFC 9110 10.1.1)
 */
export function findAmbiguity(request: IncomingMessage): AmbiguousRequest | null {
  if (request.httpVersionMajor !== 1) return { status: 505, reason: "A version of HTTP other than 1.0 and 1.1" };
  const { url = "" } = request;
  if (!url.startsWith("/") && url !== "*" && splitTarget(url) === null) {
    return { status: 400, reason: "A request target that is neither a path nor an http URI" };
  }
  if (url.includes("#")) return { status: 400, reason: "A request target with a fragment" };
  const raw = request.rawHeaders;
  let hosts = 0;
  let coding: string | null = null;
  let hasBody = false;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    switch (name.length) {
      case 4:
        if (!isIgnoringCase(name, "host")) break;
        hosts += 1;
        if (!isAuthority(raw[index + 1] ?? "")) return { status: 400, reason: "A Host field that names no host" };
        break;
      case 6:
        if (!isIgnoringCase(name, "expect") || isIgnoringCase(raw[index + 1] ?? "", "100-continue")) break;
        return { status: 417, reason: "An expectation other than 100-continue" };
      case 14:
        if (!isIgnoringCase(name, "content-length") || raw[index + 1] === "0") break;
        if (!Number.isSafeInteger(Number(raw[index + 1]))) return { status: 400, reason: "A length beyond all bodies" };
        hasBody = true;
        break;
      case 17:
        if (!isIgnoringCase(name, "transfer-encoding")) break;
        coding = coding === null ? (raw[index + 1] ?? "") : `${coding},${raw[index + 1] ?? ""}`;
        hasBody = true;
        break;
    }
  }
  if (hosts === 0 && request.httpVersionMinor === 1) return { status: 400, reason: "No Host field" };
  if (hosts > 1) return { status: 400, reason: "More than one Host field" };
  // Node's types leave it out.
  const isUpgrade = (request as IncomingMessage & { readonly upgrade?: boolean | null }).upgrade === true;
  if (isUpgrade && hasBody) return { status: 400, reason: "An upgrade with a body" };
  if (coding === null) return null;
  if (request.httpVersionMinor === 0) {
    return { status: 400, reason: "Transfer-Encoding in an HTTP/1.0 request" };
  }
  if (coding.trim().toLowerCase() !== "chunked") return { status: 501, reason: "Transfer-Encoding other than chunked" };
  return null;
}
