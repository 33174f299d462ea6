/** What the first bytes of a connection to a TLS port are. */
export type Greeting =
  /** Not enough of them yet. */
  | { readonly kind: "more" }
  /** Letters: somebody speaks HTTP without TLS. */
  | { readonly kind: "plain" }
  /** TLS, or what OpenSSL shall say no to. `serverName` in lower case, null when the client names none. */
  | { readonly kind: "hello"; readonly serverName: string | null };

const more: Greeting = { kind: "more" };
const nameless: Greeting = { kind: "hello", serverName: null };

const handshakeRecord = 22;
const clientHello = 1;
const serverNameExtension = 0;
const hostName = 0;

/** A message may be cut into so many records, each of 16 KB when it is honest. */
const mostRecords = 16;

const none = Buffer.alloc(0);

/** Beyond this no client goes; those with keys against quantum computers send 2 KB. */
export const mostHelloBytes = 32 * 1024;

/**
 * Reads which host a TLS client means (RFC 6066 3) from all bytes so far, without taking them. It decides which certificate
 * and which rules OpenSSL is given, and nothing is believed besides that: whatever cannot be read counts as no name.
 */
export function readGreeting(bytes: Buffer): Greeting {
  const [first] = bytes;
  if (first === undefined) return more;
  if (first >= 0x41 && first <= 0x5a) return { kind: "plain" };
  if (first !== handshakeRecord) return nameless;
  const message = gatherHandshake(bytes);
  if (message === null) return bytes.length >= mostHelloBytes ? nameless : more;
  return { kind: "hello", serverName: serverNameOf(message) };
}

/**
 * The first handshake message, put together from its records; null: more is needed. Empty for what is no ClientHello.
 * RFC 8446 5.1 lets a message be cut anywhere; nobody cuts one into many.
 */
function gatherHandshake(bytes: Buffer): Buffer | null {
  const pieces: Buffer[] = [];
  let size = 0;
  let at = 0;
  while (pieces.length < mostRecords) {
    if (bytes.length < at + 5) return null;
    const length = bytes.readUInt16BE(at + 3);
    if (bytes[at] !== handshakeRecord || length === 0) return none;
    const piece = bytes.subarray(at + 5, at + 5 + length);
    pieces.push(piece);
    size += piece.length;
    if (piece.length < length && size < 4) return null;
    at += 5 + length;
    if (size < 4) continue;
    const head = pieces.length === 1 ? piece : Buffer.concat(pieces);
    if (head[0] !== clientHello) return none;
    const end = 4 + head.readUIntBE(1, 3);
    if (size >= end) return head.subarray(4, end);
    if (end > mostHelloBytes) return none;
  }
  return none;
}

function serverNameOf(hello: Buffer): string | null {
  // What lies beyond the end is no number, and so is every place that is reckoned from it.
  const byte = (at: number): number => hello[at] ?? NaN;
  const word = (at: number): number => byte(at) * 256 + byte(at + 1);
  let at = 2 + 32;
  at += 1 + byte(at);
  at += 2 + word(at);
  at += 1 + byte(at);
  const end = at + 2 + word(at);
  at += 2;
  while (at + 4 <= end) {
    const kind = word(at);
    const length = word(at + 2);
    at += 4;
    if (kind === serverNameExtension) {
      // A list with one name in it, which is all that there ever was.
      if (byte(at + 2) !== hostName) return null;
      const name = hello.toString("latin1", at + 5, at + 5 + word(at + 3));
      return /^[\w.~:-]{1,255}$/.test(name) ? name.toLowerCase() : null;
    }
    at += length;
  }
  return null;
}
