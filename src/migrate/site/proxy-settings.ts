import type { TableDirective } from "../../compile/table.ts";
import { lastNamed, linesNamed } from "./effective.ts";

/** ProxyErrorOverride, where it is on; without statuses for all from 400 on. */
export function overriddenStatuses(
  effective: readonly TableDirective[],
): { readonly directive: TableDirective; readonly statuses: readonly string[] } | null {
  const directive = lastNamed(effective, "proxyerroroverride");
  const [first = "", ...statuses] = directive?.args ?? [];
  return directive === undefined || first.toLowerCase() !== "on" ? null : { directive, statuses };
}

/** What the words behind a ProxyPass or BalancerMember, and lines beside it, say of how something is sent on. */
export interface RelaySettings {
  /** How long a part of the answer may take. */
  readonly readSeconds: number | null;
  readonly connectSeconds: number | null;
  /** How long a server that failed is left alone. */
  readonly retrySeconds: number | null;
  /** Whether the path goes along as it was sent. */
  readonly keepsPath: boolean;
  /** Words that others have nothing like. */
  readonly left: readonly string[];
}

/** Reads key=value words. */
export function relaySettings(words: readonly string[]): RelaySettings {
  let readSeconds: number | null = null;
  let connectSeconds: number | null = null;
  let retrySeconds: number | null = null;
  let keepsPath = false;
  const left: string[] = [];
  for (const word of words) {
    const [key = "", value = ""] = word.toLowerCase().split(/=(.*)/s);
    const seconds = /^\d{1,7}(?:ms|s|mi?|h)?$/.test(value) ? secondsOf(value) : null;
    if (key === "nocanon") keepsPath = true;
    else if (seconds !== null && key === "timeout") readSeconds = seconds;
    else if (seconds !== null && key === "connectiontimeout") connectSeconds = seconds;
    else if (seconds !== null && key === "retry") retrySeconds = seconds;
    else if (/^(?:lbmethod|stickysession|loadfactor|status|nofailover)$/.test(key)) continue;
    else left.push(word);
  }
  return { readSeconds, connectSeconds, retrySeconds, keepsPath, left };
}

function secondsOf(text: string): number {
  const unit = text.replace(/^\d+/, "");
  const factor = unit === "ms" ? 0.001 : unit.startsWith("m") ? 60 : unit === "h" ? 3600 : 1;
  return Math.max(1, Math.ceil(Number.parseInt(text, 10) * factor));
}

/** ProxyPassReverseCookieDomain and ProxyPassReverseCookiePath: what cookies of a server behind say, and what they are to say. */
export interface CookieRule {
  readonly attribute: "domain" | "path";
  readonly from: string;
  readonly to: string;
  readonly directive: TableDirective;
}

/** Reads the effective lines. */
export function cookieRules(effective: readonly TableDirective[]): readonly CookieRule[] {
  const lines = linesNamed(effective, "proxypassreversecookiedomain", "proxypassreversecookiepath");
  return lines.flatMap((directive): readonly CookieRule[] => {
    const attribute = /^proxypassreversecookie(domain|path)$/i.exec(directive.name)?.[1]?.toLowerCase();
    const [from = "", to = ""] = directive.args;
    return attribute === "domain" || attribute === "path" ? [{ attribute, from, to, directive }] : [];
  });
}

/** The effective ProxyTimeout; null without one. */
export function proxyTimeout(
  effective: readonly TableDirective[],
): { readonly directive: TableDirective; readonly seconds: number } | null {
  const directive = lastNamed(effective, "proxytimeout");
  const word = directive?.args[0] ?? "";
  return directive === undefined || !/^\d{1,7}$/.test(word) ? null : { directive, seconds: Number(word) };
}

/** The words behind the address of a ProxyPass line. */
export function proxyPassWords({ args }: TableDirective): readonly string[] {
  const at = args.findIndex((word) => /^[a-z][a-z0-9+.-]*:/i.test(word));
  return at === -1 ? [] : args.slice(at + 1).filter((word) => word.toLowerCase() !== "interpolate");
}
