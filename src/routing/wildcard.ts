import type { ByteString } from "./bytes.ts";

/** `*` is any run, slashes and dots included, `?` one character; time is bounded by the product of the lengths. */
export function wildcardMatcher(pattern: ByteString): (text: ByteString) => boolean {
  return (text) => {
    let at = 0;
    let step = 0;
    let star = -1;
    let starAt = 0;
    while (at < text.length) {
      const wanted = pattern[step];
      if (wanted === "*") {
        star = step++;
        starAt = at;
      } else if (wanted === "?" || (wanted !== undefined && wanted === text[at])) {
        at++;
        step++;
      } else if (star !== -1) {
        at = ++starAt;
        step = star + 1;
      } else {
        return false;
      }
    }
    while (pattern[step] === "*") step++;
    return step === pattern.length;
  };
}
