import { METHODS } from "node:http";
import { isAuthority } from "../../proxy/authority.ts";
import { isNameCode, isValueCode } from "../../proxy/field-text.ts";

/** The head of an HTTP/2 request in the form of HTTP/1.1, which everything behind works on. */
export interface Http2Head {
  readonly method: string;
  readonly target: string;
  /** Names and values in turn, `Host` first; with `transfer-encoding: chunked` for a body without a length. */
  readonly fields: readonly string[];
}

/** Fields of a connection, which HTTP/2 has none of. RFC 9113 8.2.2 */
const ofConnections: ReadonlySet<string> = new Set([
  "connection",
  "http2-settings",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
]);

/** As over HTTP/1.1, where Node's parser takes no others: some servers read `get` and `head` as what they look like. */
const methods: ReadonlySet<string> = new Set(METHODS);

const isName = (name: string): boolean => name !== "" && every(name, isNameCode) && !/[A-Z]/.test(name);

/** No controls, and no spaces at the ends, which HTTP/1.1 would take off. */
const isValue = (value: string): boolean => every(value, isValueCode) && value === value.trim();

function every(text: string, test: (code: number) => boolean): boolean {
  for (let at = 0; at < text.length; at += 1) if (!test(text.charCodeAt(at))) return false;
  return true;
}

/**
 * Turns the fields of a request, as they came, into a head that cannot be read in two ways; or says what is wrong with them.
 * nghttp2 refuses most of it before; what it lets through, or another version of it might, ends here. RFC 9113 8.2, 8.3
 */
export function readHttp2Head(raw: readonly string[], hasBody: boolean): Http2Head | { readonly error: string } {
  const pseudo = new Map<string, string>();
  const fields: string[] = [];
  let hosts: readonly string[] = [];
  let cookie = -1;
  let length: string | null = null;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    const value = raw[index + 1] ?? "";
    if (!isValue(value)) return { error: "A field value with controls or with spaces around it" };
    if (name.startsWith(":")) {
      if (fields.length > 0 || hosts.length > 0 || length !== null) return { error: "A pseudo-header behind a field" };
      if (pseudo.has(name)) return { error: `Two ${name}` };
      pseudo.set(name, value);
      continue;
    }
    if (!isName(name)) return { error: "A field name that is none" };
    if (ofConnections.has(name)) return { error: `A field of the connection: ${name}` };
    switch (name) {
      case "te":
        if (value.toLowerCase() !== "trailers") return { error: "TE other than trailers" };
        break;
      case "host":
        hosts = [...hosts, value];
        break;
      case "content-length":
        if (length !== null || !/^\d{1,15}$/.test(value)) return { error: "A length that is none, or two" };
        length = value;
        fields.push(name, value);
        break;
      case "cookie":
        // Crumbs for compression; HTTP/1.1 has one field. RFC 9113 8.2.3
        if (cookie < 0) cookie = fields.push(name, value) - 1;
        else fields[cookie] = `${fields[cookie] ?? ""}; ${value}`;
        break;
      default:
        fields.push(name, value);
    }
  }
  return assemble(pseudo, hosts, fields, { hasBody, length });
}

function assemble(
  pseudo: ReadonlyMap<string, string>,
  hosts: readonly string[],
  fields: readonly string[],
  { hasBody, length }: { readonly hasBody: boolean; readonly length: string | null },
): Http2Head | { readonly error: string } {
  const { ":method": method = "", ":path": target = "", ":scheme": scheme = "", ...rest } = Object.fromEntries(pseudo);
  const { ":authority": authority, ...unknown } = rest;
  if (Object.keys(unknown).length > 0) return { error: "A pseudo-header that nobody knows" };
  if (!methods.has(method)) return { error: "A method that nobody knows" };
  if (method === "CONNECT") return { error: "Nobody is connected through this server" };
  // Only over TLS is it spoken here.
  if (scheme !== "https") return { error: "A scheme other than https" };
  const isPath = /^\/[!-~]*$/.test(target) && !target.includes("#");
  if (!isPath && !(method === "OPTIONS" && target === "*")) return { error: "A path that is none" };
  const [host = authority] = hosts;
  if (hosts.length > 1) return { error: "More than one host" };
  if (host === undefined || host === "" || !isAuthority(host)) return { error: "No host, or one that is none" };
  if (authority !== undefined && authority.toLowerCase() !== host.toLowerCase()) {
    return { error: "An authority and another host" };
  }
  if (!hasBody && length !== null && length !== "0") return { error: "A length without a body" };
  const framing = hasBody && length === null ? ["transfer-encoding", "chunked"] : [];
  return { method, target, fields: ["host", host, ...fields, ...framing] };
}

/** The fields behind a body that can be relayed: whole ones, and no pseudo-headers. */
export function readHttp2Trailers(raw: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    const value = raw[index + 1] ?? "";
    if (isName(name) && isValue(value)) kept.push(name, value);
  }
  return kept;
}
