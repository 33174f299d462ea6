import { createHmac, timingSafeEqual } from "node:crypto";
import { draftAnnouncement } from "./announcement.ts";
import type { Announcement } from "./announcement.ts";
import { canonicalAddress, isHostAddress } from "./ip-address.ts";
import { decimal, wholeNumber } from "./packet-number.ts";
import type { ReadNumber } from "./packet-number.ts";

/** mod_heartmonitor reads no more bytes of a datagram. */
export const MAX_PACKET_BYTES = 1000;

/** Server names as they appear in packets, status pages and logs: nothing that needs escaping there. */
const ID = /^[A-Za-z0-9._:@-]{1,253}$/;

/** Hexadecimal digits of the signature: half of HMAC-SHA-256, which is as strong as the hash of a 128-bit key can be. */
const SIGNATURE_DIGITS = 32;
const SIGNATURE = /^[0-9a-f]{32}$/;
const SIGNATURE_MARK = Buffer.from("&sig=", "latin1");

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const PERCENT = 37;
const AMPERSAND = 38;
const EQUALS = 61;
/** The value of a key without one. */
const ONE = Buffer.from("1", "latin1");

/** Not even blanks. */
const UNPRINTABLE = /[^\x21-\x7e]/;

/** A packet that cannot be taken, with the reason for the log. */
export interface DecodeFailure {
  readonly failure: "malformed" | "signature";
  readonly message: string;
}

/** Whether this can be a server's name: 1 to 253 letters, digits, `.`, `_`, `:`, `@`, `-`. */
export function isServerId(text: string): boolean {
  return ID.test(text);
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
  sessionsLeftMs: ["left", BYTES],
} as const satisfies Partial<Record<keyof Announcement, readonly [string, ReadNumber]>>;

type Figure = keyof typeof figures;
const figureNames = Object.keys(figures) as readonly Figure[];

/** What a key sets, and how its value is read. */
type Field =
  | { readonly kind: "number"; readonly name: Figure | "ready" | "busy"; readonly read: ReadNumber }
  | { readonly kind: "id" | "addr" | "state" | "ignored" };

/** All keys that we know, in the order in which packets carry them. */
const fieldList = (
  [
    ["v", { kind: "ignored" }],
    ["ready", { kind: "number", name: "ready", read: WORKERS }],
    ["busy", { kind: "number", name: "busy", read: WORKERS }],
    ["port", numberField("port")],
    ["bh", { kind: "ignored" }],
    ["id", { kind: "id" }],
    ["addr", { kind: "addr" }],
    ...figureNames.filter((name) => name !== "port").map((name) => [figures[name][0], numberField(name)] as const),
    ["state", { kind: "state" }],
  ] as readonly (readonly [string, Field])[]
).map(([key, field], index) => ({
  ...field,
  key,
  prefix: Uint8Array.from(Buffer.from(`${key}=`, "latin1")),
  next: index + 1,
  bit: 1 << index,
}));
const fieldsByKey = new Map(fieldList.map((field) => [field.key, field]));

function numberField(name: Figure): Field {
  return { kind: "number", name, read: figures[name][1] };
}

/** `v`, `ready` and `busy`. */
const REQUIRED_BITS = 0b111;

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
  if (secret !== null) line += `&sig=${sign(Buffer.from(line, "latin1"), secret)}`;
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
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = lengthOfLine(buffer);
  const split = startOfSignature(buffer, length);
  const signature = split === length ? null : buffer.toString("latin1", split + SIGNATURE_MARK.length, length);
  if (secret !== null && (signature === null || !isSignature(signature, buffer.subarray(0, split), secret))) {
    return { failure: "signature", message: "is not signed with our secret" };
  }
  if (signature !== null && !SIGNATURE.test(signature)) return malformed("sig is no signature");
  return readFields(buffer, split);
}

/** Where the last field begins, with the `&` before it, if it is a signature; else the end. */
function startOfSignature(bytes: Uint8Array, length: number): number {
  let start = length - 1;
  while (start >= 0 && bytes[start] !== AMPERSAND) start -= 1;
  return start >= 0 && startsWith(bytes, start, SIGNATURE_MARK) ? start : length;
}

/** Without one line end, which is what a person adds who sends a packet by hand. */
function lengthOfLine(bytes: Buffer): number {
  const { length } = bytes;
  if (bytes[length - 1] !== LINE_FEED) return length;
  return bytes[length - 2] === CARRIAGE_RETURN ? length - 2 : length - 1;
}

/** In one pass over the first bytes of a packet: a balancer reads thousands of them a second. */
function readFields(bytes: Buffer, length: number): Announcement | DecodeFailure {
  let escapes = false;
  for (let index = 0; index < length; index += 1) {
    const code = bytes[index] ?? 0;
    if (code < 0x21 || code > 0x7e) return malformed("a character that may not be there");
    if (code === PERCENT) escapes = true;
  }
  const draft = draftAnnouncement();
  let seen = 0;
  let unknown: Set<string> | null = null;
  let expected = 0;
  for (let start = 0, end = 0; start < length; start = end + 1) {
    end = indexOf(bytes, AMPERSAND, start, length);
    if (end === start) continue;
    let from = end;
    let to = end;
    let source = bytes;
    let field = fieldList[expected];
    // Nearly always it is the one that our own packets have here.
    if (field !== undefined && startsWith(bytes, start, field.prefix)) {
      from = start + field.prefix.length;
    } else {
      const keyEnd = indexOf(bytes, EQUALS, start, end);
      const key = unescape(bytes.toString("latin1", start, keyEnd));
      if (key === null) return malformed("an escape that may not be there");
      field = fieldsByKey.get(key);
      // A key without `=` has the value 1, as in Apache.
      if (keyEnd === end) {
        source = ONE;
        from = 0;
        to = 1;
      } else {
        from = keyEnd + 1;
      }
      if (field === undefined) {
        // Only as the last one, where it signs everything before it.
        if (key === "sig") return malformed("a signature that is not at the end");
        unknown ??= new Set();
        if (unknown.has(key)) return malformed("a key twice");
        unknown.add(key);
        if (escapes && unescape(source.toString("latin1", from, to)) === null)
          return malformed("an escape that may not be there");
        continue;
      }
    }
    if ((seen & field.bit) !== 0) return malformed("a key twice");
    seen |= field.bit;
    expected = field.next;
    if (escapes) {
      const plain = unescape(source.toString("latin1", from, to));
      if (plain === null) return malformed("an escape that may not be there");
      source = Buffer.from(plain, "latin1");
      from = 0;
      to = source.length;
    }
    switch (field.kind) {
      case "number": {
        const number = field.read(source, from, to);
        if (Number.isNaN(number)) return malformed(`${field.key} is not a number in its range`);
        draft[field.name] = number;
        break;
      }
      case "id":
        draft.id = source.toString("latin1", from, to);
        if (!isServerId(draft.id)) return malformed("id is not a name");
        break;
      case "addr": {
        const address = canonicalAddress(source.toString("latin1", from, to));
        // A zone is a name of one of the sender's interfaces and means nothing here.
        if (address === null || address.includes("%") || !isHostAddress(address)) {
          return malformed("addr is not the address of a host");
        }
        draft.address = address;
        break;
      }
      case "state": {
        const state = source.toString("latin1", from, to);
        if (state !== "up" && state !== "drain") return malformed("state is neither up nor drain");
        draft.state = state;
        break;
      }
      case "ignored":
        break;
      default:
        return field satisfies never;
    }
  }
  if ((seen & REQUIRED_BITS) !== REQUIRED_BITS) return malformed("v, ready or busy is missing");
  return draft;
}

/** The first place of a byte, or the end. */
function indexOf(bytes: Uint8Array, wanted: number, from: number, to: number): number {
  let index = from;
  while (index < to && bytes[index] !== wanted) index += 1;
  return index;
}

function startsWith(bytes: Uint8Array, from: number, prefix: Uint8Array): boolean {
  for (let index = 0; index < prefix.length; index += 1) {
    if (bytes[from + index] !== prefix[index]) return false;
  }
  return true;
}

/** Null when there is a bad escape, or one of a character outside of printable ASCII. */
function unescape(text: string): string | null {
  if (!text.includes("%")) return text;
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return null;
  const plain = text.replace(/%(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  return UNPRINTABLE.test(plain) ? null : plain;
}

function sign(line: Uint8Array, secret: string): string {
  return createHmac("sha256", secret).update(line).digest("hex").slice(0, SIGNATURE_DIGITS);
}

function isSignature(signature: string, line: Uint8Array, secret: string): boolean {
  if (!SIGNATURE.test(signature)) return false;
  return timingSafeEqual(Buffer.from(signature, "latin1"), Buffer.from(sign(line, secret), "latin1"));
}

function malformed(what: string): DecodeFailure {
  return { failure: "malformed", message: `cannot be read: ${what}` };
}
