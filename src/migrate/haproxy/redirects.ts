import type { Places } from "../site/places.ts";
import type { LostRedirect, SiteRedirect } from "../site/site-redirects.ts";
import { prefixPattern } from "../site/site-redirects.ts";
import { changed, lost, mended } from "../verdict.ts";
import { plainPath, sentPath } from "./sent-path.ts";
import { converted, formatWord, queryBehind, word } from "./words.ts";

/** The request's path as the rules of access see it. */
export const DECODED = "path,url_dec";

/** Rules for Redirect lines under a condition, in the order in which they are tried. */
export function redirectRules(
  redirects: readonly (SiteRedirect | LostRedirect)[],
  here: string,
  places: Places,
): readonly string[] {
  return redirects.flatMap((one) => {
    const { place } = one.directive;
    const lines = "why" in one ? null : rulesOf(one, here);
    if (lines !== null) {
      const mends = "why" in one ? null : one.mends;
      places.judge(place, mends === null ? changed(lines, "as HAProxy says it") : mended(lines, mends));
      return lines;
    }
    const { pattern } = one;
    const closed =
      pattern === null ? [] : [`http-request deny deny_status 503 if ${here} { ${DECODED} -m reg ${word(pattern)} }`];
    const what = closed.length === 0 ? "not written" : "answers 503";
    places.judge(
      place,
      lost(`HAProxy cannot say this line${"why" in one ? `, since ${one.why}` : ""}: ${what}`, closed),
    );
    return closed;
  });
}

const codes = new Set([301, 302, 303, 307, 308]);

/** Null when the redirect cannot be said. */
function rulesOf(
  { status, pattern, from, target, keepsQuery, isBounded }: SiteRedirect,
  here: string,
): readonly string[] | null {
  const meets = `${here} { ${DECODED} -m reg ${word(pattern)} }`;
  if (target === null) {
    // `return` takes any status of an error, `deny` only those that HAProxy has a page for.
    return [`http-request return status ${status} content-type text/plain string ${status} if ${meets}`];
  }
  if (!codes.has(status) || /[%\\]/.test(target)) return null;
  const sentPattern = onSentPath(pattern, from);
  if (sentPattern === null) return null;
  const whole = `^(?s:.*?)(?:${sentPattern})(?s:.*)$`;
  const to = converted("path", "regsub", [whole, target.replace(/\$(\d)/g, "\\$1")]);
  if (to === null) return null;
  // The Location is made from the path as it was sent, whose escapes stay as they are.
  const asSent = `${here} { path -m reg ${word(sentPattern)} }`;
  // What is taken before is told by the decoded path.
  const sent = isBounded ? `${asSent} { ${DECODED} -m reg ${word(pattern)} }` : asSent;
  return [
    `http-request redirect location ${formatWord(to + (keepsQuery ? queryBehind("?") : ""))} code ${status} if ${sent}`,
    `http-request deny deny_status 400 if ${meets}`,
  ];
}

/** The expression for paths as they are sent; null where it holds what every client encodes. */
function onSentPath(pattern: string, from: string | null): string | null {
  if (from !== null) return plainPath.test(from) ? pattern : prefixPattern(from, sentPath);
  return /[ \x80-\uffff]/.test(pattern.replace(/\[\^?\]?(?:\\.|[^\]\\])*\]/gs, "")) ? null : pattern;
}
