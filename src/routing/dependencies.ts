import type { RoutingTable, TableDirective } from "../compile/table.ts";
import { placeKey } from "./place-key.ts";
import type { ReadySection } from "./sections.ts";
import { lowerName } from "./lower-name.ts";

const decidingPlaces = new WeakMap<RoutingTable, ReadonlySet<string>>();

/** The places of what decides and is not honoured. */
function placesOf(table: RoutingTable): ReadonlySet<string> {
  let places = decidingPlaces.get(table);
  if (places === undefined) {
    places = new Set(table.unenforced.filter(({ decides }) => decides).map(({ place }) => placeKey(place)));
    decidingPlaces.set(table, places);
  }
  return places;
}

/** Rules count where the engine is on: each virtual host and each combination of sections has its own. */
function withoutIdleRules(lines: readonly TableDirective[]): readonly TableDirective[] {
  const engine = lines.findLast(({ name }) => lowerName(name) === "rewriteengine");
  const isOn = engine !== undefined && engine.args[0]?.toLowerCase() !== "off";
  return lines.filter(({ name }) => {
    const lower = lowerName(name);
    if (lower === "rewriterule") return isOn;
    return !lower.startsWith("rewrite");
  });
}

/**
 * The lines in effect on which an answer depends and which are not decided here: those that `unenforced` marks, in the host
 * and in the sections that apply.
 */
export function dependencies(
  table: RoutingTable,
  hostLayers: readonly (readonly TableDirective[])[],
  sections: readonly ReadySection[],
): readonly TableDirective[] {
  const places = placesOf(table);
  if (places.size === 0) return [];
  const inner = withoutIdleRules(sections.flatMap(({ section }) => section.directives));
  const ofSections = inner.flatMap(withChildren).filter(({ place }) => places.has(placeKey(place)));
  const ofHost = hostDependencies(hostLayers, places);
  return ofSections.length === 0 ? ofHost : [...ofHost, ...ofSections];
}

/** A container of Require lines counts by what stands in it. */
function withChildren(line: TableDirective): readonly TableDirective[] {
  return line.children === undefined ? [line] : [line, ...line.children.flatMap(withChildren)];
}

const ofHosts = new WeakMap<readonly (readonly TableDirective[])[], readonly TableDirective[]>();

/** The same for the lines of a host, found once. */
function hostDependencies(
  hostLayers: readonly (readonly TableDirective[])[],
  places: ReadonlySet<string>,
): readonly TableDirective[] {
  const known = ofHosts.get(hostLayers);
  if (known !== undefined) return known;
  // A virtual host inherits no rewriting from the main server.
  const [main = [], ...own] = hostLayers;
  const rewriting = own.length === 0 ? main : own.flat();
  const others = own.length === 0 ? [] : main.filter(({ name }) => !lowerName(name).startsWith("rewrite"));
  const found = [...others, ...withoutIdleRules(rewriting)].filter(({ place }) => places.has(placeKey(place)));
  ofHosts.set(hostLayers, found);
  return found;
}

/**
 * The line, of the Options lines in effect, that lets mod_negotiation look for another name (`page.html.en` for `page`); null when none does. It is not
 * done here, so what is missing depends on it.
 */
export function negotiation(options: readonly TableDirective[]): TableDirective | null {
  let found: TableDirective | null = null;
  for (const line of options) {
    const words = line.args.map((word) => word.toLowerCase());
    if (words.some((word) => !/^[+-]/.test(word))) found = null;
    if (words.includes("-multiviews")) found = null;
    if (words.includes("multiviews") || words.includes("+multiviews")) found = line;
  }
  return found;
}

/** A condition as a line. */
export function conditionLine({ section }: ReadySection): TableDirective {
  const { kind, argument, place } = section;
  return { name: `<${kind}>`, args: argument === "" ? [] : [argument], place };
}
