import type { LostRedirect, SiteRedirect } from "../site/site-redirects.ts";
import type { Places } from "../site/places.ts";
import { changed, lost, mended } from "../verdict.ts";
import { quote } from "./words.ts";

/** Lines of a server or location for Redirect lines, in the order in which they are tried. */
export function redirectLines(
  redirects: readonly (SiteRedirect | LostRedirect)[],
  target: string,
  places: Places,
): readonly string[] {
  return redirects.flatMap((one) => {
    const { place } = one.directive;
    if ("why" in one) {
      const closed = one.pattern === null ? [] : [`if ($uri ~ ${quote(one.pattern)}) { return 503; }`];
      const what = closed.length === 0 ? "not written" : "answers 503";
      places.judge(place, lost(`${target} cannot say this line, since ${one.why}: ${what}`, closed));
      return closed;
    }
    const lines = linesOf(one);
    places.judge(place, one.mends === null ? changed(lines, `as ${target} says it`) : mended(lines, one.mends));
    return lines;
  });
}

function linesOf({ status, pattern, target, keepsQuery }: SiteRedirect): readonly string[] {
  if (target === null) return [`if ($uri ~ ${quote(pattern)}) { return ${status}; }`];
  if (status === 301 || status === 302) {
    // A question mark at the end keeps the query of the request away.
    const end = keepsQuery ? "" : "?";
    return [`rewrite ${quote(pattern)} ${quote(target + end)} ${status === 301 ? "permanent" : "redirect"};`];
  }
  // What is captured here is decoded, so nothing may be in it that would end a field.
  const clean = `^(?=[^\\x00-\\x20\\x7f]*$)${pattern.startsWith("^") ? pattern.slice(1) : `(?s:.*?)(?:${pattern})`}`;
  return [`if ($uri ~ ${quote(clean)}) { return ${status} ${quote(target + (keepsQuery ? "$is_args$args" : ""))}; }`];
}
