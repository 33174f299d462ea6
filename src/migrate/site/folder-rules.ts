import type { TableDirective } from "../../compile/table.ts";
import type { ActiveDirective } from "../../config/active-config.ts";
import { lost, type Verdict } from "../verdict.ts";
import type { Places } from "./places.ts";
import type { Region, Variant } from "./region.ts";
import type { RewriteFacts } from "./rewrite-rule.ts";
import { readRules, type HostRewrites } from "./rewrites.ts";
import { linesNamed } from "./effective.ts";

/** The rules of mod_rewrite that count for a part of the URLs, from the folder that has them. */
export interface FolderRules extends HostRewrites {
  /** httpd refuses all of a folder whose rules count where Options has no FollowSymLinks. */
  readonly isRefused: boolean;
  /** Says what has become of lines; what is lost once is lost. */
  readonly judge: (lines: readonly ActiveDirective[], verdict: Verdict) => void;
}

/** Reads the rules of the folder that counts for a variant; null when none has any that count. `root`: the document root. */
export function folderRules(
  { ruledBy, effective }: Variant,
  region: Region,
  facts: RewriteFacts,
  root: string | null,
  places: Places,
): FolderRules | null {
  if (ruledBy === null) return null;
  const lines: ActiveDirective[] = [];
  const judge = (list: readonly ActiveDirective[], verdict: Verdict): void => {
    for (const node of list) {
      const place = byNode.get(node);
      if (place !== undefined) places.judge(place, verdict);
    }
  };
  const byNode = new Map<ActiveDirective, TableDirective["place"]>();
  for (const { name, place } of ruledBy.directives) {
    if (!/^rewrite/i.test(name)) continue;
    const node = places.lineAt(place)?.node;
    if (node?.kind !== "directive" || node.key !== name.toLowerCase()) {
      places.judge(place, lost("a line of mod_rewrite out of a macro or the command line is not carried over"));
      return null;
    }
    lines.push(node);
    byNode.set(node, place);
  }
  const folder = ruledBy.argument.replace(/\/+$/, "");
  const url = urlOf(folder, region);
  if (url === null) {
    judge(lines, lost("no path of the server is that of the folder in which the rules stand"));
    return null;
  }
  const written = lines.findLast(({ key }) => key === "rewritebase")?.words[0]?.value.replace(/\/+$/, "") ?? null;
  const isBelowRoot = root !== null && folder === root.replace(/\/+$/, "") + url;
  const base = written ?? (isBelowRoot ? url : null);
  return {
    ...readRules(lines, { ...facts, folder: { url, base, redirectBase: written } }),
    isRefused: !followsLinks(effective),
    judge,
  };
}

/** The URL path of a folder that is a region's own or lies above it. */
function urlOf(folder: string, { folder: own, path }: Region): string | null {
  const below = own?.replace(/\/+$/, "") ?? null;
  if (below === folder) return path;
  if (below?.startsWith(`${folder}/`) !== true) return null;
  const rest = below.slice(folder.length);
  return path.endsWith(rest) ? path.slice(0, path.length - rest.length) : null;
}

/** Whether Options has what mod_rewrite asks for in folders; without a line it does in every httpd. */
function followsLinks(effective: readonly TableDirective[]): boolean {
  let follows = true;
  for (const { args } of linesNamed(effective, "options")) {
    if (args.some((word) => !/^[+-]/.test(word))) follows = false;
    for (const word of args) {
      const option = word.replace(/^[+-]/, "").toLowerCase();
      if (/^(?:all|followsymlinks|symlinksifownermatch)$/.test(option)) follows = !word.startsWith("-");
    }
  }
  return follows;
}
