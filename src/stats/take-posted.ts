import { MAX_PACKET_BYTES } from "./packet.ts";
import type { ClusterView } from "./cluster.ts";

/** What of a request is looked at; node's IncomingMessage is one. */
export interface PostedRequest {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body; leaving it early must not end the connection, on which an answer goes back. */
  iterator(options: { readonly destroyOnReturn: boolean }): AsyncIterable<unknown>;
}

/** What to answer; the body is text/plain. */
export interface PostedAnswer {
  readonly status: 200 | 400 | 403 | 405 | 413 | 429 | 503;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Name of the way for the view of the cluster. */
const VIA = "http";

/**
 * Takes an announcement that was posted, as Apache's `SetHandler heartbeat` does, and judges it as if it had come in a
 * datagram from the client: AcceptStats applies to `clientAddress`, which must be the address of the connection, or what a
 * trusted proxy says. Rejects when the body breaks off. After 413 the rest of the body is unread: close the connection.
 */
export async function takePosted(
  request: PostedRequest,
  clientAddress: string,
  cluster: Pick<ClusterView, "receive">,
  nowMs: () => number = Date.now,
): Promise<PostedAnswer> {
  if (request.method !== "POST") return answer(405, "Expected a POST with an announcement", { allow: "POST" });
  const bytes = await readBody(request);
  if (bytes === null) return answer(413, `Expected at most ${MAX_PACKET_BYTES} bytes`, { connection: "close" });
  const result = await cluster.receive({ bytes, sourceAddress: clientAddress, sourcePort: 0 }, nowMs(), VIA);
  switch (result) {
    case "accepted":
    case "own":
    case "late":
      return answer(200, "OK");
    case "malformed":
      return answer(400, "The announcement cannot be read");
    case "source":
    case "signature":
    case "stale":
    case "replay":
    case "contact":
      return answer(403, `The announcement is refused: ${result}`);
    case "rate":
      return answer(429, "Too many announcements");
    case "full":
      return answer(503, "Too many servers are known");
    default:
      return result satisfies never;
  }
}

function answer(
  status: PostedAnswer["status"],
  body: string,
  headers: Readonly<Record<string, string>> = {},
): PostedAnswer {
  return { status, headers: { "content-type": "text/plain; charset=utf-8", ...headers }, body };
}

/** Null when it is longer than a packet may be. */
async function readBody(request: PostedRequest): Promise<Buffer | null> {
  if (Number(request.headers["content-length"] ?? 0) > MAX_PACKET_BYTES) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError("Expected bytes: the request was given an encoding");
    length += chunk.length;
    if (length > MAX_PACKET_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
