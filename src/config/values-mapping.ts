import type { ActiveNode } from "./active-config.ts";
import { expressionProblem } from "./regular-expression.ts";
import { isInside, only24, perDirectory, problemAt } from "./value-problem.ts";
import { expressionWord } from "./values-conditions.ts";
import type { ValueCheck, ValueProblem } from "./values.ts";

const statuses: ReadonlyMap<string, number> = new Map([
  ["permanent", 301],
  ["temp", 302],
  ["seeother", 303],
  ["gone", 410],
]);

/** A scheme in front, whatever follows it. util.c ap_is_url */
function isUrl(text: string): boolean {
  return /^[A-Za-z0-9+.-]+:/.test(text);
}

/**
 * `[status] [path] [url]`; in a section of a path the path may be missing, and the URL is an expression then.
 * mod_alias.c add_redirect_internal
 */
function redirect(isExpression: boolean): ValueCheck {
  return (node) => {
    const [first, second, third] = node.words;
    if (first === undefined) return null;
    const named =
      statuses.get(first.value.toLowerCase()) ?? (/^\d/.test(first.value) ? Number.parseInt(first.value, 10) : null);
    if (named === null && third !== undefined)
      return problemAt(first, `Unknown status "${first.value}" for ${node.name}`);
    const status = named ?? (node.key === "redirectpermanent" ? 301 : 302);
    const redirects = status >= 300 && status < 400;
    const rest = named === null ? [first, second] : [second, third];
    const [from, to] = rest;
    if (to === undefined && isInside(node, ...perDirectory)) {
      if (!redirects || from === undefined) return null;
      return from.value === "" ? null : expressionWord(from, from.value, "string");
    }
    if (isExpression && from !== undefined) {
      const problem = expressionProblem(from.value, "2.4");
      if (problem !== null) return problemAt(from, `Regular expression "${from.value}" cannot be compiled: ${problem}`);
    }
    if (!redirects) return to === undefined ? null : problemAt(to, `Status ${status} takes no URL`);
    if (to === undefined) return { message: `${node.name} needs a URL to redirect to` };
    if (isExpression || isUrl(to.value) || to.value.startsWith("/")) return null;
    return problemAt(to, `"${to.value}" is neither a URL nor a path from the root`);
  };
}

/** From 2.4.19 on one word is enough inside a Location, whose path is the other one; two are too many inside of it. */
function alias(node: ActiveNode): ValueProblem | null {
  const inside = isInside(node, "location", "locationmatch");
  if (node.words.length === 1 && !inside)
    return { message: `${node.name} needs a URL path and a file path outside of <Location>` };
  if (node.words.length === 2 && isInside(node, ...perDirectory))
    return { message: `${node.name} with a URL path cannot occur within a section` };
  return null;
}

/** `%0`, `%1.-2+`, `%p`, `%%`. mod_vhost_alias.c vhost_alias_set */
function interpolated(node: ActiveNode): ValueProblem | null {
  const [word] = node.words;
  if (word === undefined || word.value.toLowerCase() === "none") return null;
  if (!word.value.startsWith("/")) return problemAt(word, `${node.name} needs an absolute path or none`);
  for (let at = word.value.indexOf("%"); at !== -1; at = word.value.indexOf("%", at)) {
    const found = /^%(?:[%p]|-?\d(?:\+|(?!\+))(?:\.-?\d\+?|(?!\.)))/.exec(word.value.slice(at, at + 9));
    if (found === null) return problemAt(word, `Unknown part behind % in "${word.value}"`);
    at += found[0].length;
  }
  return null;
}

function userDir(node: ActiveNode): ValueProblem | null {
  const first = node.words[0]?.value ?? "";
  return first === "" ? { message: "UserDir needs an argument" } : null;
}

/** Checks of what maps URLs. */
export const mappingChecks: readonly (readonly [string, ValueCheck])[] = (
  [
    ["redirect", redirect(false)],
    ["redirecttemp", redirect(false)],
    ["redirectpermanent", redirect(false)],
    ["redirectmatch", redirect(true)],
    ["virtualdocumentroot", interpolated],
    ["virtualdocumentrootip", interpolated],
    ["virtualscriptalias", interpolated],
    ["virtualscriptaliasip", interpolated],
    ["userdir", userDir],
    ["alias", alias],
    ["scriptalias", alias],
  ] as const
).map(([name, check]) => [name, only24(check)]);
