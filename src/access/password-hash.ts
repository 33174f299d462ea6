import { Buffer } from "node:buffer";
import { createHash, timingSafeEqual } from "node:crypto";
import * as apacheMd5 from "apache-md5";
import bcrypt from "bcryptjs";
import unixCrypt from "unix-crypt-td-js";
import { encrypt } from "unixcrypt";

/**
 * bcrypt's cost is the logarithm of its work: 14 takes about a second here, and each more doubles it. A file with more would
 * let every wrong password hold up the server.
 */
const HIGHEST_COST = 14;

/** Of SHA-crypt: 5,000 are usual and take some 10 ms, in which the server does nothing else. */
const MOST_ROUNDS = 100_000;

/** Its declarations speak of a default export of a default export. */
const apr1 = apacheMd5.default as unknown as (password: string, hash: string) => string;

function isSame(left: string, right: string): boolean {
  // Of equal length, whatever the texts are.
  const digest = (text: string): Buffer => createHash("sha256").update(text, "latin1").digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** UTF-8 text of bytes for libraries that take texts; null when it is none. */
function textOf(bytes: string): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(bytes, "latin1"));
  } catch {
    return null;
  }
}

async function matchesBcrypt(password: string, hash: string): Promise<boolean> {
  const text = textOf(password);
  const cost = Number(/^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(hash)?.[1] ?? Infinity);
  return text !== null && cost <= HIGHEST_COST && bcrypt.compare(text, hash);
}

/** SHA-256 and SHA-512 of crypt(3), which httpd asks on Linux: `$5$salt$hash`, `$6$rounds=n$salt$hash`. */
function matchesShaCrypt(password: string, hash: string): boolean {
  const text = textOf(password);
  const found = /^(\$[56]\$(?:rounds=(\d{1,9})\$)?[./0-9A-Za-z]{1,16})\$(?:[./0-9A-Za-z]{43}|[./0-9A-Za-z]{86})$/.exec(
    hash,
  );
  if (text === null || found === null || Number(found[2] ?? 0) > MOST_ROUNDS) return false;
  return isSame(encrypt(text, found[1]), hash);
}

/**
 * Whether a password (one character a byte) is the one of a hash, in the formats of htpasswd: bcrypt, apr1 (MD5), {SHA} and
 * crypt (DES, and SHA-2). What is none of them never matches: plain text, and the system's other kinds of crypt.
 * APR apr_password_validate
 */
export async function matchesPassword(password: string, hash: string): Promise<boolean> {
  if (password.includes("\0")) return false;
  if (hash.startsWith("$2")) return matchesBcrypt(password, hash);
  if (/^\$[56]\$/.test(hash)) return matchesShaCrypt(password, hash);
  if (hash.startsWith("$apr1$")) return isSame(apr1(password, hash), hash);
  if (hash.startsWith("{SHA}")) {
    return isSame(`{SHA}${createHash("sha1").update(password, "latin1").digest("base64")}`, hash);
  }
  if (!/^[./A-Za-z0-9]{13}$/.test(hash)) return false;
  return isSame(unixCrypt(Array.from(Buffer.from(password, "latin1")), hash.slice(0, 2)), hash);
}
