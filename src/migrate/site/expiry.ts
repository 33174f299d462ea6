import type { TableDirective } from "../../compile/table.ts";
import { linesNamed } from "./effective.ts";

/** How long something may be kept. */
export interface Lifetime {
  /** From when: the request, or the last change of the file. */
  readonly from: "access" | "change";
  readonly seconds: number;
  readonly directive: TableDirective;
}

/** What mod_expires says of answers that are no errors. */
export interface Expiry {
  /** By media type, in lower case, `image/*` behind whole ones. */
  readonly byType: ReadonlyMap<string, Lifetime>;
  readonly other: Lifetime | null;
  /** Lines that httpd would not take, or that are too long for others. */
  readonly wrong: readonly TableDirective[];
}

/** httpd only looks at as many letters as it needs. */
const units: readonly (readonly [string, number])[] = [
  ["y", 31_536_000],
  ["mo", 2_592_000],
  ["w", 604_800],
  ["d", 86_400],
  ["h", 3_600],
  ["mi", 60],
  ["s", 1],
];

/** Beyond ten years other servers no longer count. */
const LONGEST = 10 * 31_536_000;

/** The lines of mod_expires. */
export function expiryLines(effective: readonly TableDirective[]): readonly TableDirective[] {
  return linesNamed(effective, "expiresactive", "expiresbytype", "expiresdefault");
}

/** Reads the effective lines; null where mod_expires is not on. */
export function expiryOf(effective: readonly TableDirective[]): Expiry | null {
  const lines = expiryLines(effective);
  const key = ({ name }: TableDirective): string => name.toLowerCase();
  const isActive = lines.findLast((one) => key(one) === "expiresactive")?.args[0]?.toLowerCase() === "on";
  if (!isActive) return null;
  const byType = new Map<string, Lifetime>();
  const wrong: TableDirective[] = [];
  let other: Lifetime | null = null;
  for (const line of lines) {
    if (key(line) === "expiresactive") continue;
    const isDefault = key(line) === "expiresdefault";
    const [type = ""] = line.args;
    const lifetime = readLifetime(line.args.slice(isDefault ? 0 : 1).join(" "), line);
    if (lifetime === null || (!isDefault && !/^[\w.+-]+\/(?:[\w.+-]+|\*)$/.test(type))) wrong.push(line);
    else if (isDefault) other = lifetime;
    else byType.set(type.toLowerCase(), lifetime);
  }
  const sorted = [...byType].sort(([a], [b]) => Number(a.endsWith("*")) - Number(b.endsWith("*")));
  return { byType: new Map(sorted), other, wrong };
}

/** `A3600`, or words such as `access plus 1 month 2 days`. httpd mod_expires.c check_code */
function readLifetime(text: string, directive: TableDirective): Lifetime | null {
  const short = /^([AM])(\d+)$/.exec(text.trim());
  if (short !== null) return lifetime(short[1] === "A", Number(short[2]), directive);
  const [base = "", ...rest] = text.trim().toLowerCase().split(/\s+/);
  if (!/^[anm]/.test(base)) return null;
  const words = rest[0] === "plus" ? rest.slice(1) : rest;
  let seconds = 0;
  for (let at = 0; at < words.length; at += 2) {
    const [count = "", unit = ""] = words.slice(at, at + 2);
    const length = units.find(([start]) => unit.startsWith(start))?.[1];
    if (!/^\d+$/.test(count) || length === undefined) return null;
    seconds += Number(count) * length;
  }
  return lifetime(!base.startsWith("m"), seconds, directive);
}

function lifetime(isAccess: boolean, seconds: number, directive: TableDirective): Lifetime | null {
  return seconds > LONGEST ? null : { from: isAccess ? "access" : "change", seconds, directive };
}

/** An expression for media types with whatever parameters. */
export function typeExpression(type: string): string {
  const plain = type.replace(/[.+]/g, "\\$&");
  return plain.endsWith("/*") ? `^${plain.slice(0, -1)}` : `^${plain}[ ]*(?:;|$)`;
}
