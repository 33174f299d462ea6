import type { Dialect, TableDirective } from "../../compile/table.ts";
import { parseProxyRule, proxyPassNames } from "../../routing/proxy-pass.ts";
import { lowerName } from "../../routing/lower-name.ts";
import { toPcre } from "../apache24/regular-expression.ts";
import { acrossLines, escaped } from "./url-pattern.ts";

/** A ProxyPass line, and the argument of the Location that it stands in; null: in none. */
export interface ProxyLine {
  readonly directive: TableDirective;
  readonly section: string | null;
}

interface Taker {
  /** Anchored where it stands. */
  readonly expression: string;
  /** All its paths begin so; empty where that is not known. */
  readonly start: string;
  /** `!`: what it covers stays here. */
  readonly isException: boolean;
}

/**
 * Makes the question which paths ProxyPass lines take before a Redirect line is looked at, whose paths all begin with `start`:
 * an expression without an anchor, for the beginning of a path; null for none.
 * httpd mod_proxy.c register_hooks: proxy_trans comes first
 */
export function takenByProxies(lines: readonly ProxyLine[], dialect: Dialect): (start: string) => string | null {
  const takers = lines.flatMap((line) => takerOf(line, dialect) ?? []);
  if (!takers.some(({ isException }) => !isException)) return () => null;
  const bySegment = new Map<string, Taker[]>();
  for (const taker of takers) {
    const segment = segmentOf(taker.start);
    const list = bySegment.get(segment) ?? [];
    list.push(taker);
    bySegment.set(segment, list);
  }
  const order = new Map(takers.map((taker, index) => [taker, index]));
  return (start) => {
    const segment = segmentOf(start);
    const near =
      segment === ""
        ? takers
        : [...(bySegment.get("") ?? []), ...(bySegment.get(segment) ?? [])].sort(
            (one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0),
          );
    const exceptions: string[] = [];
    const taken = new Set<string>();
    for (const taker of near) {
      if (!taker.start.startsWith(start) && !start.startsWith(taker.start)) continue;
      if (taker.isException) exceptions.push(taker.expression);
      else taken.add((exceptions.length === 0 ? "" : `(?!${exceptions.join("|")})`) + taker.expression);
    }
    return taken.size === 0 ? null : [...taken].join("|");
  };
}

/** The first name of a path, when it is known whole. */
function segmentOf(start: string): string {
  return /^\/+([^/]+)\//.exec(start)?.[1] ?? "";
}

function takerOf({ directive, section }: ProxyLine, dialect: Dialect): Taker | null {
  const rule = parseProxyRule(directive, dialect, section);
  if ("error" in rule) return null;
  const isException = rule.to === null;
  if (typeof rule.from === "string") {
    if (!isWritable(rule.from)) return null;
    const expression = escaped(rule.from).replace(/\/+/g, "/+");
    const end = rule.from.endsWith("/") ? "" : "(?:/|$)";
    return { expression: expression + end, start: rule.from.replace(/\/+$/, ""), isException };
  }
  const source = section ?? directive.args.find((word) => word !== "~") ?? "";
  const expression = dialect === "1.3" ? toPcre(source) : source;
  // Named groups have numbers too.
  const isPlain = (text: string): boolean => isWritable(text) && !/\\[1-9gk]|\(\?(?:P?<(?![=!])|['P|])/.test(text);
  if (expression === null || !isPlain(expression)) return null;
  const whole = acrossLines(withoutCaptures(expression), dialect);
  return { expression: `(?s:.*?)(?:${whole})`, start: "", isException };
}

/** The same expression with groups that capture nothing, so that those of another one keep their numbers. */
function withoutCaptures(expression: string): string {
  return expression.replace(/\\.|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\((?!\?)/gs, (part) =>
    part === "(" ? "(?:" : part,
  );
}

const isWritable = (text: string): boolean => !/[\x00-\x1f\x7f]/.test(text);

/** Whether a line is one of them. */
export const isProxyPass = ({ name }: TableDirective): boolean => proxyPassNames.has(lowerName(name));
