import type { TableDirective, TableSection } from "../compile/table.ts";
import type { ByteString } from "./bytes.ts";
import { toBytes } from "./bytes.ts";
import { lowerName } from "./lower-name.ts";

/** A ProxyPassReverse line: URLs that begin with `from` begin with `to` for clients. */
export interface ReverseRule {
  readonly from: ByteString;
  readonly to: ByteString;
}

/**
 * The rules among some lines; `path` is the argument of the section that they stand in.
 * httpd mod_proxy.c add_pass_reverse
 */
export function reverseRules(lines: readonly TableDirective[], path: string | null): readonly ReverseRule[] {
  return lines.flatMap(({ name, args }): readonly ReverseRule[] => {
    if (lowerName(name) !== "proxypassreverse") return [];
    const [first = "", second] = args.filter((word, at) => at === 0 || word.toLowerCase() !== "interpolate");
    const [to, from] = second === undefined ? [path, first] : [first, second];
    return to === null ? [] : [{ from: toBytes(from), to: toBytes(to) }];
  });
}

/** Rules of a host with those of the sections that hold a request behind them; the same list for all where no section has any. */
export function withSections(
  outer: readonly ReverseRule[],
  sections: readonly Pick<TableSection, "directives" | "argument">[],
): readonly ReverseRule[] {
  const inner = sections.flatMap(({ directives, argument }) => reverseRules(directives, argument));
  return inner.length === 0 ? outer : [...outer, ...inner];
}

/**
 * What a Location field of a server says to clients; null: nothing is to be changed. A path, for the server's own URL to be put
 * before it, or a URL. A rule without a server's name sees the path of a URL only.
 * httpd proxy_util.c ap_proxy_location_reverse_map
 */
export function reverseLocation(rules: readonly ReverseRule[], location: ByteString): ByteString | null {
  for (const { from, to } of rules) {
    let part = location;
    if (from.startsWith("/")) {
      const scheme = location.indexOf("://");
      const slash = scheme === -1 ? -1 : location.indexOf("/", scheme + 3);
      if (slash !== -1) part = location.slice(slash);
    }
    if (from !== "" && part.length >= from.length && part.slice(0, from.length).toLowerCase() === from.toLowerCase()) {
      return to + part.slice(from.length);
    }
  }
  return null;
}

/** What ProxyPassReverseCookieDomain and ProxyPassReverseCookiePath put in the place of a domain or path. */
export interface CookieRules {
  readonly domains: readonly ReverseRule[];
  readonly paths: readonly ReverseRule[];
}

/** The rules among effective directives; outer ones are tried first. */
export function cookieRules(effective: readonly TableDirective[]): CookieRules {
  const named = (wanted: string): readonly ReverseRule[] =>
    effective
      .filter(({ name, args }) => name.toLowerCase() === wanted && args.length >= 2)
      .map(({ args: [from = "", to = ""] }) => ({ from: toBytes(from), to: toBytes(to) }));
  return { domains: named("proxypassreversecookiedomain"), paths: named("proxypassreversecookiepath") };
}

/**
 * A Set-Cookie field for clients: a domain or path that begins with a rule's is replaced as a whole.
 * httpd proxy_util.c ap_proxy_cookie_reverse_map
 */
export function reverseCookie({ domains, paths }: CookieRules, cookie: ByteString): ByteString {
  if (domains.length === 0 && paths.length === 0) return cookie;
  return cookie
    .split(";")
    .map((attribute) => {
      const [, name = "", value = ""] = /^(\s*(?:path|domain)=)([^]*)$/i.exec(attribute) ?? [];
      if (name === "") return attribute;
      const isPath = /path/i.test(name);
      const rule = isPath
        ? paths.find(({ from }) => value.startsWith(from))
        : domains.find(({ from }) => value.toLowerCase().startsWith(from.toLowerCase()));
      return rule === undefined ? attribute : name + rule.to;
    })
    .join(";");
}
