import type { Dialect } from "../compile/table.ts";
import type { ByteString } from "./bytes.ts";
import { lowerAscii } from "./bytes.ts";

/** What a Host field or the authority of an absolute URI names, or that httpd answers it with 400. */
export type HostName = { readonly name: ByteString } | { readonly error: string };

const malformed = (value: ByteString, why: string): HostName => ({ error: `Malformed Host "${value}": ${why}` });

function portError(port: string): string | null {
  if (!/^[0-9]+$/.test(port)) return "the port is no number";
  const number = Number(port);
  return number >= 1 && number <= 65_535 ? null : "the port is not between 1 and 65535";
}

/** `[2001:db8::1]:80`; null: this is no IPv6 address in brackets. */
function literalName(value: ByteString): HostName | null {
  const literal = /^\[([0-9a-fA-F:.]*)\](?::(.*))?$/.exec(value);
  if (literal === null) return null;
  const error = literal[2] === undefined ? null : portError(literal[2]);
  return error === null ? { name: lowerAscii(`[${literal[1] ?? ""}]`) } : malformed(value, error);
}

/** 2.4 takes what can be a name or an address and nothing else (HttpProtocolOptions Strict, its default). */
function strictName(value: ByteString): HostName {
  const colon = value.indexOf(":");
  const name = colon === -1 ? value : value.slice(0, colon);
  const error = colon === -1 ? null : portError(value.slice(colon + 1));
  if (error !== null) return malformed(value, error);
  if (name === "" && colon !== -1) return malformed(value, "there is a port and no name");
  if (!/^[A-Za-z0-9._-]*$/.test(name)) return malformed(value, "a name has letters, digits, hyphens and dots");
  if (name.includes("..")) return malformed(value, "it has two dots in a row");
  const numeric = name.replace(/\.$/, "");
  if (/^[0-9.]+$/.test(numeric) && numeric !== "" && !/^(?:[0-9]{1,3}\.){3}[0-9]{1,3}$/.test(numeric)) {
    return malformed(value, "a numeric name needs four numbers");
  }
  if (/^0x[0-9a-f]*\.|\.[0-9]+$/i.test(numeric) && !/^(?:[0-9]{1,3}\.){3}[0-9]{1,3}$/.test(numeric)) {
    return malformed(value, "a name does not end in a number");
  }
  return { name: lowerAscii(name.replace(/\.$/, "")) };
}

/** 1.3 to 2.2 only refuse what could name another place in the file system. */
function lenientName(value: ByteString): HostName {
  const colon = value.indexOf(":");
  const name = colon === -1 ? value : value.slice(0, colon);
  if (/[/\\]|\.\./.test(name)) return malformed(value, "slashes and double dots are not allowed");
  const error = colon === -1 ? null : portError(value.slice(colon + 1));
  return error === null ? { name: lowerAscii(name.replace(/\.$/, "")) } : malformed(value, error);
}

/**
 * Reads a Host field: lower case, without port and trailing dot. IPv6 addresses are read for 1.3 too, which had no IPv6: a
 * server that listens on one must answer it.
 * httpd 1.3 http_vhost.c fix_hostname; 2.4 vhost.c fix_hostname, strict_hostname_check; checked with 2.4.71
 */
export function readHostName(value: ByteString, dialect: Dialect): HostName {
  return literalName(value) ?? (dialect === "2.4" ? strictName(value) : lenientName(value));
}
