import type { ByteString } from "./bytes.ts";

/** A request target taken apart. */
export interface TargetParts {
  /** Still encoded; empty when the target has none. */
  readonly path: ByteString;
  /** Behind the `?`; null when there is none. */
  readonly query: ByteString | null;
  /** Host and port of an absolute URI, which win over the Host field; null for other targets. */
  readonly authority: ByteString | null;
}

export interface UriError {
  readonly status: 400 | 404;
  readonly error: string;
}

/** Splits a target. Methods that name no resource (CONNECT) are not for routing. */
export function splitTarget(target: ByteString, dialect: string): TargetParts | UriError {
  if (dialect === "2.4" && target.includes("#")) return { status: 400, error: "a target holds no fragment" };
  if (dialect === "2.4" && /[\x00-\x20\x7f]/.test(target)) {
    return { status: 400, error: "a target holds no control characters" };
  }
  if (target === "") return { status: 400, error: "there is no target" };
  const fragment = target.indexOf("#");
  let rest = fragment === -1 ? target : target.slice(0, fragment);
  let authority: ByteString | null = null;
  const absolute = rest.startsWith("/") ? null : /^([a-z][a-z0-9+.-]*):\/\/([^/?]*)/i.exec(rest);
  if (rest.startsWith("//") && dialect !== "1.3") rest = rest.replace(/^\/+/, "/");
  if (absolute !== null) {
    const scheme = absolute[1]?.toLowerCase() ?? "";
    if (scheme !== "http" && scheme !== "https") {
      return { status: 400, error: `the scheme "${scheme}" is not served here` };
    }
    authority = absolute[2] ?? "";
    if (authority.includes("@")) {
      if (dialect === "2.4") return { status: 400, error: "a target holds no user name" };
      authority = authority.slice(authority.lastIndexOf("@") + 1);
    }
    // The host of another scheme than the connection's does not count.
    if (scheme !== "http") authority = null;
    rest = rest.slice(absolute[0].length);
    if (!rest.startsWith("/")) rest = `/${rest}`;
  }
  const question = rest.indexOf("?");
  const path = (question === -1 ? rest : rest.slice(0, question)) || "/";
  const query = question === -1 ? null : rest.slice(question + 1);
  if (!path.startsWith("/")) return { status: 400, error: `the target "${path}" does not start with a slash` };
  return { path, query, authority: authority === "" ? null : authority };
}

const brokenEscape: UriError = { status: 400, error: "a percent sign without two hexadecimal digits" };

/** What 2.x makes of an encoded slash: AllowEncodedSlashes, whose NoDecode came with 2.2.18. */
export type EncodedSlashes = "refused" | "decoded" | "kept";

/** Decodes %XX; an encoded slash or NUL is "not found", a broken escape a bad request, as ap_unescape_url has it. */
function unescapePath(path: ByteString, slashes: EncodedSlashes = "refused"): ByteString | UriError {
  if (!path.includes("%")) return path;
  if (/%(?![0-9a-fA-F]{2})/.test(path)) return brokenEscape;
  if (path.includes("%00") || (slashes === "refused" && /%2[fF]/.test(path))) {
    return { status: 404, error: "an encoded slash or NUL in the path" };
  }
  return path.replace(/%(..)/g, (escape, digits: string) =>
    slashes === "kept" && digits.toLowerCase() === "2f" ? escape : String.fromCharCode(parseInt(digits, 16)),
  );
}

/** Removes `.` and `..` segments; a `..` at the root is dropped and told. */
export function removeDots(path: ByteString): { readonly path: ByteString; readonly aboveRoot: boolean } {
  if (!path.includes("/.")) return { path, aboveRoot: false };
  const segments = path.split("/");
  const kept: string[] = [];
  let aboveRoot = false;
  segments.forEach((segment, index) => {
    const last = index === segments.length - 1;
    if (segment === ".") {
      if (last) kept.push("");
    } else if (segment === "..") {
      if (kept.length > 1) kept.pop();
      else aboveRoot = true;
      if (last) kept.push("");
    } else {
      kept.push(segment);
    }
  });
  const joined = kept.join("/");
  return { path: joined.startsWith("/") ? joined : `/${joined}`, aboveRoot };
}

/** Several slashes are one, as ap_no2slash has it. */
export function mergeSlashes(path: ByteString): ByteString {
  return path.includes("//") ? path.replace(/\/{2,}/g, "/") : path;
}

const unreserved = /%(?:2[dDeE]|3[0-9]|4[1-9a-fA-F]|5[0-9aAfF]|6[1-9a-fA-F]|7[0-9aAeE])/g;

/**
 * The decoded path by which everything is matched. 1.3 to 2.2 decode, then remove dot segments (leading `..` vanish) and
 * keep several slashes; 2.4 merges slashes and removes dot segments before and after decoding and refuses to climb out.
 * httpd 1.3 http_request.c process_request_internal; 2.4 request.c, util.c ap_normalize_path; checked with 2.4.71
 */
export function normalizePath(
  path: ByteString,
  dialect: string,
  keepSlashes = false,
  encodedSlashes: EncodedSlashes = "refused",
): ByteString | UriError {
  if (dialect !== "2.4") {
    const decoded = unescapePath(path, dialect === "1.3" ? "refused" : encodedSlashes);
    return typeof decoded === "string" ? removeDots(decoded).path : decoded;
  }
  if (/%(?![0-9a-fA-F]{2})/.test(path)) return brokenEscape;
  const plain = path.includes("%")
    ? path.replace(unreserved, (escape) => String.fromCharCode(parseInt(escape.slice(1), 16)))
    : path;
  const normal = removeDots(keepSlashes ? plain : mergeSlashes(plain));
  if (normal.aboveRoot) return { status: 400, error: "the path leads above the root" };
  const decoded = unescapePath(normal.path, encodedSlashes);
  if (typeof decoded !== "string" || encodedSlashes !== "decoded" || !/%2f/i.test(normal.path)) return decoded;
  // What the decoded slashes lead above the root with is dropped.
  return removeDots(keepSlashes ? decoded : mergeSlashes(decoded)).path;
}

/** Whether a path lies at or under a prefix that ends at a slash or at the end, as ServerPath compares. */
export function isUnder(path: ByteString, prefix: ByteString): boolean {
  if (!path.startsWith(prefix)) return false;
  return prefix.endsWith("/") || path.length === prefix.length || path[prefix.length] === "/";
}
