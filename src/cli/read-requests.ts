import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { whatHappened } from "../config/config-unreadable-error.ts";
import { decode } from "../source/encoding.ts";
import { BYTE_ORDER_MARK } from "../source/encoding-marks.ts";
import { UsageError, type Terminal } from "./terminal.ts";

/** How files of a program that packs begin, in latin1, and what unpacks them; old logs are often kept so. */
const packed: readonly (readonly [RegExp, string])[] = [
  [/^\x1f\x8b/, "gzip -dc"],
  [/^BZh[1-9]/, "bzip2 -dc"],
  [/^\xfd7zXZ\0/, "xz -dc"],
  [/^\x28\xb5\x2f\xfd/, "zstd -dc"],
  [/^\x1f\x9d/, "uncompress -c"],
];

/** So many bytes show what a file is. */
const LOOKED_AT = 1024;

/** The text of a --requests file, or of standard input for `-`. Throws UsageError. */
export async function readRequests(path: string, terminal: Terminal): Promise<string> {
  const bytes = path === "-" ? await terminal.stdin() : readBytes(path, terminal);
  const name = path === "-" ? "standard input" : path;
  const start = Buffer.from(bytes.subarray(0, LOOKED_AT)).toString("latin1");
  const unpack = packed.find(([magic]) => magic.test(start))?.[1];
  if (unpack !== undefined) {
    const way = path === "-" ? unpack : `${unpack} ${path} | backhand … --requests -`;
    throw new UsageError(`Cannot read ${name}: it is packed, unpack it first (${way})`);
  }
  if (/^(?:\xff\xfe|\xfe\xff)/.test(start))
    throw new UsageError(`Cannot read ${name}: it is in UTF-16, save it as UTF-8`);
  if (start.includes("\0")) throw new UsageError(`Cannot read ${name}: it is no text`);
  const text = decode(bytes);
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
}

function readBytes(path: string, terminal: Terminal): Uint8Array {
  try {
    return readFileSync(resolve(terminal.cwd, path));
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${whatHappened(error)}`, { cause: error });
  }
}
