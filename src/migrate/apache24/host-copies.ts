import type { Dialect } from "../../../grammar/dialect.ts";
import type { ActiveConfig, ActiveSection } from "../../config/active-config.ts";
import type { Draft } from "../draft.ts";
import { type Formula, printFormula } from "./formula.ts";
import { type Guard, type Inherit, mayMeet } from "./guards.ts";
import { formulaByCases } from "./inherited-cases.ts";

/** Who may in a section of the main server: what it says itself, and in the hosts where it comes to something else. */
export interface HostFormulas {
  readonly formula: Formula;
  readonly ofHosts: ReadonlyMap<ActiveSection, Formula>;
}

/** The lines of a section's block, and those that it has in some hosts. */
export interface PlannedLines {
  readonly lines: readonly string[];
  readonly ofHosts: HostFormulas["ofHosts"];
}

/** Sections times hosts that are looked at; more would take seconds. */
const MOST_LOOKS = 3_000;

/** Who may in a section by what it inherits in each host where it holds; null when no expression tells. */
export function formulasOfHosts(
  guard: Guard,
  guards: readonly Guard[],
  { server, dialect }: Pick<ActiveConfig, "server" | "dialect">,
  inherit: Inherit,
): HostFormulas | null {
  const formula = formulaByCases(guard, guard.host, inherit, dialect);
  if (formula === null) return null;
  const ofHosts = new Map<ActiveSection, Formula>();
  const hosts = guard.host === server ? hostsOf(server) : [];
  if (hosts.length * guards.length > MOST_LOOKS) return null;
  const text = JSON.stringify(formula);
  for (const host of hosts) {
    const own = formulaByCases(guard, host, inherit, dialect);
    if (own === null) return null;
    if (JSON.stringify(own) !== text) ofHosts.set(host, own);
  }
  return { formula, ofHosts };
}

function hostsOf({ children }: ActiveSection): readonly ActiveSection[] {
  return children.filter((node): node is ActiveSection => node.kind === "section" && node.key === "virtualhost");
}

/** Lines at the top of hosts: by the guard whose rules they say. */
export type HostCopies = ReadonlyMap<
  ActiveSection,
  readonly { readonly guard: Guard; readonly lines: readonly string[] }[]
>;

/**
 * The sections of the main server that stand in hosts once more. A host's section comes behind all of its kind in the main
 * server, so those that came behind it there, and meet its requests, follow it. Null when one of them cannot stand twice.
 */
export function hostCopies(
  planned: ReadonlyMap<Guard, PlannedLines>,
  { server, dialect }: Pick<ActiveConfig, "server" | "dialect">,
  draft: Draft,
): HostCopies | null {
  const found = new Map<ActiveSection, { readonly guard: Guard; readonly lines: readonly string[] }[]>();
  const ofServer = [...planned].filter(([guard]) => guard.host === server);
  for (const host of new Set(ofServer.flatMap(([, { ofHosts }]) => [...ofHosts.keys()]))) {
    if (draft.source.lineOf(host) === null) return null;
    const copies: { readonly guard: Guard; readonly lines: readonly string[] }[] = [];
    for (const [guard, { lines, ofHosts }] of ofServer) {
      const own = ofHosts.get(host);
      if (own === undefined && !copies.some((copy) => isBehind(guard, copy.guard))) continue;
      const tag = tagOf(guard, draft, dialect);
      if (tag === null) return null;
      const body = own === undefined ? lines : printFormula(own);
      copies.push({ guard, lines: [tag, ...body.map((line) => `    ${line}`), `</${guard.section.name}>`] });
    }
    found.set(host, copies);
  }
  return found;
}

/** Whether a section of the main server, which stands behind another one there, would come before it in a host. */
function isBehind(one: Guard, other: Guard): boolean {
  if (one.kind !== other.kind || !mayMeet(one, other)) return false;
  // Of Directory sections the deeper ones come later, whichever host has them.
  if (one.kind !== "Directory" || one.path === null || other.path === null) return true;
  return one.path.split("/").length <= other.path.split("/").length;
}

/** The opening line of a section as it may stand once more; null where it may not, or where 2.4 wants another one. */
function tagOf({ section, path, inside, isAccessFile, scopes }: Guard, draft: Draft, dialect: Dialect): string | null {
  const text = draft.source.lineOf(section)?.text.trim();
  if (text === undefined || text.includes("\n") || inside !== null || isAccessFile || scopes?.length !== 0) return null;
  return path === null && dialect === "1.3" ? null : text;
}
