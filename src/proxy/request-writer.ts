import type { Upstream } from "./engine.ts";
import { UnsendableRequest } from "./upstream-client.ts";
import type { UpstreamRequest } from "./upstream-client.ts";

/** What may not stand in a request line: it ends a part of it. */
const unsendable = /[^!-~]/;

/** Whole lines, each a name, a colon and a value without CR, LF and NUL. */
const fieldLines = /^(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+: ?[^\r\n\0]*\r\n)*$/;

/** Fields, as lines; null when they are something else besides, which is never written. */
export function sendable(fields: string): string | null {
  return fieldLines.test(fields) ? fields : null;
}

/**
 * The head of a request in one piece, Latin-1. `isKept`: the connection may carry another request. Throws UnsendableRequest
 * for what would become another request on the wire.
 */
export function writeHead(request: UpstreamRequest, upstream: Upstream, isKept: boolean): string {
  const { method, target, fields, upgrade } = request;
  if (unsendable.test(target) || unsendable.test(method)) throw new UnsendableRequest("A request line of other bytes");
  if (fields === null) throw new UnsendableRequest("A field with bytes that end it");
  let head = `${method} ${target} HTTP/1.1\r\n${fields}`;
  if (request.needsHost) head += `Host: ${hostOf(upstream)}\r\n`;
  if (request.isChunked) head += "Transfer-Encoding: chunked\r\n";
  if (request.isExpecting) head += "Expect: 100-continue\r\n";
  if (upgrade !== null) {
    if (fieldLines.test(`Upgrade: ${upgrade}\r\n`)) head += `Connection: Upgrade\r\nUpgrade: ${upgrade}\r\n`;
    else throw new UnsendableRequest("A protocol with bytes that end it");
  } else if (!isKept) {
    head += "Connection: close\r\n";
  }
  return `${head}\r\n`;
}

function hostOf({ address, port }: Upstream): string {
  return `${address.includes(":") ? `[${address}]` : address}:${port}`;
}

/** Trailers as lines behind the last chunk, with the empty line that ends the body. */
export function writeLastChunk(trailers: readonly string[]): string {
  let text = "0\r\n";
  for (let index = 0; index + 1 < trailers.length; index += 2) {
    const line = `${trailers[index] ?? ""}: ${trailers[index + 1] ?? ""}\r\n`;
    if (fieldLines.test(line)) text += line;
  }
  return `${text}\r\n`;
}
