import type { CandidacyDefinition } from "../candidacy.ts";

const DEFAULT_FORMAT = "%S";

/** Text as it is, or labels of the server's name (`S`) or the request's host (`H`); a negative count takes trailing ones. */
type Part = string | { readonly of: "S" | "H"; readonly count: number | null };

/**
 * Answers with a redirect to a name made from a format: `%S` is the chosen server's name, `%H` the request's host, a number
 * between takes that many leading labels, `-` and a number trailing ones. With server `www-1.dc3` and host `www.client.com`
 * the format `%2S.%-2H` gives `www-1.dc3.client.com`.
 */
export const httpRedirectToName: CandidacyDefinition = {
  name: "HTTPRedirectToName",
  sharedObject: null,
  summary: "answers with a redirect to a name made from the chosen server's",
  argument: { description: "format with %S, %H and counts of labels", default: DEFAULT_FORMAT },
  ours: false,
  effect: "redirect",
  create(argument) {
    const parts = parseFormat(argument ?? DEFAULT_FORMAT);
    if ("error" in parts) return parts;
    return (candidates, context) => {
      context.redirect((chosen) => {
        const name = parts.map((part) => expand(part, chosen.id, context.request.host)).join("");
        // The client wrote a part of it: what is not a host name is no place to send anybody.
        return name.length <= 253 && /^[\w-]+(?:\.[\w-]+)*$/.test(name) ? name : null;
      });
      return candidates;
    };
  },
};

function parseFormat(format: string): readonly Part[] | { readonly error: string } {
  if (format === "") return { error: "Expected a format such as %S" };
  const parts: Part[] = [];
  let rest = format;
  while (rest !== "") {
    const item = /^(?:%(-?[1-9]\d{0,2})?([SH])|[\w.-]+)/.exec(rest);
    if (item === null) {
      return { error: `Expected %S, %H, letters, digits, "." or "-" at "${rest}" in "${format}"` };
    }
    const [text, count, of] = item;
    parts.push(of === "S" || of === "H" ? { of, count: count === undefined ? null : Number(count) } : text);
    rest = rest.slice(text.length);
  }
  return parts;
}

function expand(part: Part, server: string, host: string | null): string {
  if (typeof part === "string") return part;
  const name = part.of === "S" ? server : (host ?? "").replace(/:\d*$/, "");
  if (part.count === null) return name;
  const labels = name.split(".");
  return (part.count < 0 ? labels.slice(part.count) : labels.slice(0, part.count)).join(".");
}
