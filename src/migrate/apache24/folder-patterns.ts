import type { ActiveConfig, ActiveSection } from "../../config/active-config.ts";
import { toPcre } from "./regular-expression.ts";

/** The expression of a section for folders, without what makes it one. */
export function folderPattern({ key, words }: ActiveSection): string | null {
  const [first, second] = words.map(({ value }) => value);
  if (first === "~") return key === "directory" ? (second ?? "") : null;
  return key === "directorymatch" ? (first ?? "") : null;
}

/**
 * The expressions of <DirectoryMatch> as 2.4 has to have them: `$` matches nothing there until 2.2. 1.3 tests them against the folder of a file, with a slash at
 * its end, where 2.4 takes the name of the file too; and it merges the sections in the order of the file, where 2.4 sorts
 * them by the slashes of their expressions. Null for what is no expression of 1.3.
 */
export function folderPatterns({ server, dialect }: ActiveConfig): ReadonlyMap<ActiveSection, string | null> {
  const found = new Map<ActiveSection, string | null>();
  const convert: Convert = dialect === "1.3" ? forFolders : withoutEnd;
  const hosts = server.children.filter((node) => node.kind === "section" && node.key === "virtualhost");
  // Those of the main server stand before those of a host.
  const least = place(server, 0, convert, found);
  for (const host of hosts) if (host.kind === "section") place(host, least, convert, found);
  return found;
}

type Convert = (source: string) => string | null;

/** Returns how many slashes what comes behind has to have at least. */
function place(
  { children }: ActiveSection,
  least: number,
  convert: Convert,
  found: Map<ActiveSection, string | null>,
): number {
  let most = least;
  for (const node of children) {
    const source = node.kind === "section" ? folderPattern(node) : null;
    if (source === null || node.kind !== "section" || source.startsWith("proxy:")) continue;
    const pattern = convert(source);
    if (convert === withoutEnd) {
      found.set(node, pattern);
      continue;
    }
    const slashes = pattern?.match(/\//g)?.length ?? most;
    // A comment in an expression.
    found.set(node, pattern === null || slashes >= most ? pattern : `${pattern}(?#${"/".repeat(most - slashes)})`);
    most = Math.max(most, slashes);
  }
  return most;
}

function forFolders(source: string): string | null {
  const pattern = toPcre(source, false);
  if (pattern === null) return null;
  const endsInFolder = !pattern.includes("|") && /(?:^|[^\\])\/$|\(\?!\)$/.test(pattern);
  const whole = pattern.includes("|") ? `(?:${pattern})` : pattern;
  return endsInFolder ? pattern : `${whole}(?:(?<=/)|(?=[\\s\\S]*/))`;
}

/** An expression of 2.0 and 2.2, which know no end there either; else they test and sort as 2.4 does. */
function withoutEnd(source: string): string {
  return source.replace(/\\[^]|\[\^?\]?(?:\\[^]|[^\]\\])*\]|\$/g, (part) => (part === "$" ? "(?!)" : part));
}
