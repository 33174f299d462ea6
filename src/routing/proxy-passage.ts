import type { TableDirective } from "../compile/table.ts";
import type { ByteString } from "./bytes.ts";
import type { ProxyOrigin } from "./proxy-origin.ts";
import { isRelayed } from "./proxy-origin.ts";
import type { ProxyMapping } from "./proxy-pass.ts";
import type { EncodedSlashes } from "./uri.ts";

/** Where a ProxyPass line sends a request. */
export type ProxyPassage =
  | {
      readonly kind: "server";
      readonly origin: ProxyOrigin;
      /** Path and query for the request line. */
      readonly target: ByteString;
      readonly directive: TableDirective;
    }
  /** There is no such URL; what httpd answers is given once access is granted. */
  | { readonly kind: "refused"; readonly status: 400 | 403 | 500 | 502; readonly reason: string };

/** What a line has behind `upgrade=`, in lower case; null: nothing. */
export function upgradeWord({ args }: TableDirective): string | null {
  const word = args.findLast((each) => /^upgrade=./i.test(each));
  return word === undefined ? null : word.slice("upgrade=".length).toLowerCase();
}

/**
 * Whether a line lets requests change to a protocol, in lower case: WebSocket with a server of it, else what `upgrade=` names, or
 * `upgrade=ANY`. httpd mod_proxy_http.c ap_proxy_http_prefetch
 */
export function mayUpgrade({ scheme }: ProxyOrigin, directive: TableDirective, protocol: string): boolean {
  if (scheme.startsWith("ws")) return protocol === "websocket";
  const word = upgradeWord(directive);
  return word === "any" || (word === protocol && word !== "none");
}

/** Everything but what may stand in a path: ap_proxy_canonenc. */
const escaped = /[^A-Za-z0-9~$\-_.+!*'(),;:@&=/]/g;

/**
 * The request that goes out for a mapping: the path escaped anew, unless it goes on as it was sent.
 * httpd mod_proxy_http.c proxy_http_canon
 */
export function passageOf(
  { rule, url, isRaw }: ProxyMapping,
  query: ByteString | null,
  slashes: EncodedSlashes,
): ProxyPassage {
  const { directive, origin } = rule;
  if (origin === null || !isRelayed(origin)) {
    return { kind: "refused", status: 502, reason: `requests are not relayed to ${rule.to ?? ""}` };
  }
  const path = url.slice(origin.length);
  // `ProxyPass /a/ http://server` would make another server's name of the two.
  if (path !== "" && !path.startsWith("/")) {
    const status = /^[0-9]+(?:\/|$)/.test(path) && origin.hasPort ? 400 : 500;
    return { kind: "refused", status, reason: `${directive.name} glues "${path}" to the name of its server` };
  }
  const sent = isRaw ? path : escapeSegments(path, slashes);
  // `noquery` is for other protocols.
  const target = (sent === "" ? "/" : sent) + (isRaw || query === null ? "" : `?${query}`);
  if (/[\x00-\x20\x7f]/.test(target)) {
    return { kind: "refused", status: 403, reason: "control characters or spaces in what goes to the server" };
  }
  return { kind: "server", origin, target, directive };
}

/** AllowEncodedSlashes NoDecode leaves slashes encoded in the path, and so they stay. */
function escapeSegments(path: ByteString, slashes: EncodedSlashes): ByteString {
  return path.replace(slashes === "kept" ? /%2f|[^A-Za-z0-9~$\-_.+!*'(),;:@&=/]/gi : escaped, (character) =>
    character.length === 3 ? character : `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
