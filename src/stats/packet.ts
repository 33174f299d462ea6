import { createHmac, timingSafeEqual } from "node:crypto";
import type { Announcement } from "./announcement.ts";
import { canonicalAddress, isHostAddress } from "./ip-address.ts";

/** mod_heartmonitor reads no more bytes of a datagram. */
export const MAX_PACKET_BYTES = 1000;

/** Server names as they appear in packets, status pages and logs: nothing that needs escaping there. */
const ID = /^[A-Za-z0-9._:@-]{1,253}$/;

/** Hexadecimal digits of the signature: half of HMAC-SHA-256, which is as strong as the hash of a 128-bit key can be. */
const SIGNATURE_DIGITS = 32;
const SIGNATURE = /^[0-9a-f]{32}$/;

/** A packet that cannot be taken, with the reason for the log. */
export interface DecodeFailure {
  readonly failure: "malformed" | "signature";
  readonly message: string;
}

/** Whether this can be a server's name: 1 to 253 letters, digits, `.`, `_`, `:`, `@`, `-`. */
export function isServerId(text: string): boolean {
  return ID.test(text);
}

/** Reads a decoded value; undefined: not one of this kind. */
type Read<Value> = (text: string) => Value | undefined;

function wholeNumber(max: number, min = 0): Read<number> {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : NaN;
    return value >= min && value <= max ? value : undefined;
  };
}

function decimal(max: number): Read<number> {
  return (text) => {
    const value = /^\d{1,10}(?:\.\d{1,20})?$/.test(text) ? Number(text) : NaN;
    return value <= max ? value : undefined;
  };
}

const BYTES = wholeNumber(Number.MAX_SAFE_INTEGER);
const WORKERS = wholeNumber(0x7fff_ffff);
/** The range of Date. */
const TIME = wholeNumber(8.64e15);

/** Key and reader of each optional figure, in the order in which packets carry them. */
const figures = {
  port: ["port", wholeNumber(65535, 1)],
  sequence: ["seq", BYTES],
  startMs: ["start", TIME],
  timestampMs: ["ts", TIME],
  load: ["load", decimal(1e6)],
  cpuIdle: ["cpu", decimal(1)],
  cpuCount: ["ncpu", wholeNumber(65536, 1)],
  arriba: ["arriba", decimal(1e9)],
  totalMemoryBytes: ["tmem", BYTES],
  availableMemoryBytes: ["amem", BYTES],
  backhanded: ["numbacked", BYTES],
  meanTimeMs: ["tatime", decimal(1e9)],
} as const satisfies Partial<Record<keyof Announcement, readonly [string, Read<number>]>>;

type Figure = keyof typeof figures;
const figureNames = Object.keys(figures) as readonly Figure[];

/**
 * One ASCII line `v=1&ready=…&busy=…&…`, signed when a secret is given. mod_heartmonitor of Apache 2.4 accepts it.
 * Fractions are rounded to six digits. Throws a RangeError when the announcement does not fit: its name is too long.
 */
export function encodeAnnouncement(announcement: Announcement, secret: string | null = null): Uint8Array {
  const { ready, busy, id, address, state } = announcement;
  let line = `v=1&ready=${ready}&busy=${busy}`;
  for (const name of figureNames) {
    const value = announcement[name];
    if (value !== null) line += `&${figures[name][0]}=${Number.isInteger(value) ? value : plainDecimal(value)}`;
    // The place of these among the others is only for people who read packets.
    if (name === "port") {
      line += "&bh=1";
      if (id !== null) line += `&id=${encodeURIComponent(id)}`;
      if (address !== null) line += `&addr=${encodeURIComponent(address)}`;
    }
  }
  line += `&state=${state}`;
  if (secret !== null) line += `&sig=${sign(line, secret)}`;
  if (line.length > MAX_PACKET_BYTES) {
    throw new RangeError(`Expected an announcement of at most ${MAX_PACKET_BYTES} bytes instead of ${line.length}`);
  }
  return Buffer.from(line, "latin1");
}

/** Six digits after the point, without useless zeros; never with an exponent, which other readers would misread. */
function plainDecimal(value: number): string {
  return value.toFixed(6).replace(/\.?0+$/, "");
}

/**
 * Reads one datagram. Never throws; anything unusual in it makes it a failure, except keys that we don't know: Apache ignores
 * them, and later versions will send more. With a secret the packet must be signed with it.
 */
export function decodeAnnouncement(bytes: Uint8Array, secret: string | null = null): Announcement | DecodeFailure {
  if (bytes.length > MAX_PACKET_BYTES) return malformed(`more than ${MAX_PACKET_BYTES} bytes`);
  // One line end is what a person adds who sends a packet by hand.
  const line = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    .toString("latin1")
    .replace(/\r?\n$/, "");
  const split = line.lastIndexOf("&sig=");
  const text = split < 0 ? line : line.slice(0, split);
  const signature = split < 0 ? null : line.slice(split + "&sig=".length);
  if (secret !== null && (signature === null || !isSignature(signature, text, secret))) {
    return { failure: "signature", message: signature === null ? "is not signed" : "is signed with another secret" };
  }
  if (signature !== null && !SIGNATURE.test(signature)) return malformed("a signature that is none");
  const fields = splitFields(text);
  return "failure" in fields ? fields : readFields(fields.values);
}

function readFields(fields: ReadonlyMap<string, string>): Announcement | DecodeFailure {
  const ready = WORKERS(fields.get("ready") ?? "");
  const busy = WORKERS(fields.get("busy") ?? "");
  // Apache wants a version, but does not look at it.
  if (!fields.has("v") || ready === undefined || busy === undefined)
    return malformed("v, ready or busy is missing or bad");
  const id = fields.get("id") ?? null;
  if (id !== null && !isServerId(id)) return malformed("id is not a name");
  const addressText = fields.get("addr");
  const address = addressText === undefined ? null : canonicalAddress(addressText);
  // A zone is a name of one of the sender's interfaces and means nothing here.
  if (addressText !== undefined && (address === null || address.includes("%") || !isHostAddress(address))) {
    return malformed("addr is not the address of a host");
  }
  const state = fields.get("state") ?? "up";
  if (state !== "up" && state !== "drain") return malformed("state is neither up nor drain");
  const numbers: Partial<Record<Figure, number | null>> = {};
  for (const name of figureNames) {
    const [key, read] = figures[name];
    const text = fields.get(key);
    const value = text === undefined ? null : read(text);
    if (value === undefined) return malformed(`${key} is not a number in its range`);
    numbers[name] = value;
  }
  return { ready, busy, id, address, state, ...(numbers as Record<Figure, number | null>) };
}

/** Keys and values with escapes resolved; both must be printable ASCII. A key without `=` has the value 1, as in Apache. */
function splitFields(line: string): { readonly values: ReadonlyMap<string, string> } | DecodeFailure {
  const values = new Map<string, string>();
  for (const field of line.split("&")) {
    if (field === "") continue;
    const equals = field.indexOf("=");
    const key = unescape(equals < 0 ? field : field.slice(0, equals));
    const value = equals < 0 ? "1" : unescape(field.slice(equals + 1));
    if (key === null || value === null) return malformed("a character or an escape that may not be there");
    if (values.has(key)) return malformed("a key twice");
    // Only as the last one, where it signs everything before it.
    if (key === "sig") return malformed("a signature that is not at the end");
    values.set(key, value);
  }
  return { values };
}

/** Null when there is a bad escape, or a character outside of printable ASCII before or after. */
function unescape(text: string): string | null {
  const bad = /[^\x21-\x7e]/;
  if (bad.test(text)) return null;
  if (!text.includes("%")) return text;
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return null;
  const plain = text.replace(/%(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  return bad.test(plain) ? null : plain;
}

function sign(line: string, secret: string): string {
  return createHmac("sha256", secret).update(line, "latin1").digest("hex").slice(0, SIGNATURE_DIGITS);
}

function isSignature(signature: string, line: string, secret: string): boolean {
  if (!SIGNATURE.test(signature)) return false;
  return timingSafeEqual(Buffer.from(signature, "latin1"), Buffer.from(sign(line, secret), "latin1"));
}

function malformed(what: string): DecodeFailure {
  return { failure: "malformed", message: `cannot be read: ${what}` };
}
