import { canonicalAddress, addressBytes } from "../access/address.ts";

/** Address and port as a word of the configuration gives them. */
interface AddressAndPort {
  /** Canonical IP text, `*`, or `_default_`. */
  readonly address: string;
  /** As written. */
  readonly text: string;
  /** Null when there is none, 0 for `*`. */
  readonly port: number | null;
}

export type AddressResult =
  AddressAndPort | { readonly error: string; readonly kind: "bad-address" | "unresolved-name" };

/** Splits `host:port`, `[v6]:port`, `host`; the port stays text. */
export function splitPort(word: string): { readonly host: string; readonly port: string | null } {
  const literal = /^\[([^\]]*)\](?::(.*))?$/.exec(word);
  if (literal !== null) return { host: literal[1] ?? "", port: literal[2] ?? null };
  const colon = word.lastIndexOf(":");
  if (colon === -1 || (word.indexOf(":") !== colon && addressBytes(word) !== null)) return { host: word, port: null };
  return { host: word.slice(0, colon), port: word.slice(colon + 1) };
}

/** A port number from 1 to 65535, or null. */
export function portNumber(text: string): number | null {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535 ? Number(text) : null;
}

/** What a name is that the DNS would know: nothing that can be used, or an address of its own, as which it stands in tables. */
export type HostNames = "unknown" | "addresses";

/**
 * Reads the address of a VirtualHost, NameVirtualHost or Listen. Names other than localhost are not looked up: what a DNS
 * answers today is no part of the configuration.
 */
export function readAddress(word: string, names: HostNames = "unknown"): AddressResult {
  const { host, port: portText } = splitPort(word);
  const port = portText === null ? null : portText === "*" ? 0 : portNumber(portText);
  if (portText !== null && port === null)
    return { kind: "bad-address", error: `Expected a port number or * in "${word}"` };
  const lower = host.toLowerCase();
  const known =
    host === "*" || host === "0.0.0.0" || host === "::" || host === ""
      ? "*"
      : lower === "_default_" || host === "255.255.255.255"
        ? "_default_"
        : lower === "localhost"
          ? "127.0.0.1"
          : addressBytes(host) === null
            ? null
            : canonicalAddress(host);
  if (known !== null) return { address: known, text: host, port };
  if (names === "addresses") return { address: lower, text: host, port };
  return {
    kind: "unresolved-name",
    error: `"${host}" is a name, and names are not looked up: write the address that it stands for`,
  };
}
