import { Buffer } from "node:buffer";

/** What a client sends for Basic authentication; both one character a byte. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** Longest header that is looked at; names and passwords are short. */
const LONGEST = 8192;

/**
 * Reads an Authorization field; null when there is none for Basic.
 * httpd mod_auth_basic.c get_basic_auth, ap_get_basic_auth_pw
 */
export function readBasicCredentials(field: string | null): Credentials | null {
  const encoded = field === null || field.length > LONGEST ? null : /^basic(?: +|$)(.*)$/i.exec(field);
  if (encoded === null) return null;
  const decoded =
    Buffer.from(encoded[1] ?? "", "base64")
      .toString("latin1")
      .split("\0", 1)[0] ?? "";
  const colon = decoded.indexOf(":");
  return colon === -1
    ? { user: decoded, password: "" }
    : { user: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

/** The value of WWW-Authenticate that asks for a user of a realm; both one character a byte. */
export function basicChallenge(realm: string): string {
  return `Basic realm="${realm.replace(/["\\]/g, "\\$&").replace(/[^\x20-\x7e\x80-\xff]/g, "?")}"`;
}
