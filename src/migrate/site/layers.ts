import type { Place, RoutingTable, TableDirective, TableSection } from "../../compile/table.ts";
import type { MatchedSection } from "../../routing/match.ts";
import { lowerName } from "../../routing/lower-name.ts";
import { placeKey } from "../../routing/place-key.ts";

/** A section of the table with what its place in the order of merging depends on. */
export interface Layer {
  readonly section: TableSection;
  /** The Directory that a Files stands in; null at host level. */
  readonly inside: TableSection | null;
  /** Smaller ones are merged first. */
  readonly order: readonly number[];
}

const ranks: Readonly<Record<TableSection["kind"], number>> = {
  Directory: 1,
  DirectoryMatch: 2,
  Files: 3,
  FilesMatch: 3,
  Location: 5,
  LocationMatch: 5,
  // For what is sent on, and never beside folders and files.
  Proxy: 1,
  ProxyMatch: 1,
  If: 6,
  ElseIf: 6,
  Else: 6,
};

const slashes = (path: string): number => path.replace(/\/?$/, "/").split("/").length - 1;

/** Every section of a table with its place in the order; a Directory by its depth, then the server's before its hosts'. */
export function layersOf(table: RoutingTable): readonly Layer[] {
  return table.sections.flatMap((written, index): readonly Layer[] => {
    const section = asProxy(written, table);
    const isOwn = section.host === 0 ? 0 : 1;
    const depth =
      section.kind === "Directory" || (section.kind === "DirectoryMatch" && table.apache !== "1.3")
        ? slashes(section.argument)
        : 0;
    const order = [ranks[section.kind], depth, isOwn, index];
    return [
      { section, inside: null, order },
      ...section.sections.map((inner, at): Layer => {
        // Files of a Directory come behind those of the server, in the order of their Directories.
        const isFiles = inner.kind === "Files" || inner.kind === "FilesMatch";
        return { section: inner, inside: section, order: [isFiles ? 4 : 6, ...order, at] };
      }),
    ];
  });
}

/** `<Directory proxy:…>` of 1.3 as later ones write it. */
function asProxy(section: TableSection, { apache }: RoutingTable): TableSection {
  const { kind, argument } = section;
  if (apache !== "1.3" || kind !== "Directory" || !argument.startsWith("proxy:")) return section;
  return { ...section, kind: "Proxy", argument: argument.slice("proxy:".length) };
}

/** Sorts layers as httpd merges them. */
export function inMergeOrder(layers: readonly Layer[]): readonly Layer[] {
  return layers.toSorted((a, b) => {
    for (const [at, one] of a.order.entries()) {
      const difference = one - (b.order[at] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

const keyOf = (kind: string, place: Place): string => `${kind} ${placeKey(place)}`;

/** Finds the layer of a section that routing has met. */
export function layerFinder(layers: readonly Layer[]): (section: MatchedSection) => Layer | null {
  const byPlace = new Map(layers.map((layer) => [layer.section.place, layer]));
  const byKey = new Map(layers.map((layer) => [keyOf(layer.section.kind, layer.section.place), layer]));
  // Routing has `<Directory proxy:…>` of 1.3 as it is written.
  const proxyOf = ({ kind, place }: MatchedSection): Layer | undefined =>
    kind === "Directory" ? byKey.get(keyOf("Proxy", place)) : undefined;
  return (section) => {
    // Nearly always it is the section itself.
    const layer = byPlace.get(section.place);
    if (layer?.section.kind === section.kind) return layer;
    return byKey.get(keyOf(section.kind, section.place)) ?? proxyOf(section) ?? null;
  };
}

const deciding =
  /^(?:order|allow|deny|satisfy|require(?:all|any|none)?|ssl(?:require(?:ssl)?|verifyclient)|backhand|backhandfromso|allowmethods|sethandler|proxypass|redirect(?:match|permanent|temp)?)$/i;

const decidingNames = new Map<string, boolean>();

/** The same few names are asked for each section. */
function decides(name: string): boolean {
  const known = decidingNames.get(name);
  if (known !== undefined) return known;
  const is = deciding.test(name);
  if (decidingNames.size < MOST_NAMES) decidingNames.set(name, is);
  return is;
}

/** Names that no httpd knows may be any number. */
const MOST_NAMES = 10_000;

/** Whether a section decides anything that a target writes down; `isSetting` as for the site. */
export function isDeciding(layer: Layer, isSetting: (key: string) => boolean = () => false): boolean {
  const { section } = layer;
  const says = ({ name }: TableDirective): boolean => decides(lowerName(name)) || isSetting(lowerName(name));
  return section.directives.some(says) || hasRules(layer);
}

/** Whether mod_rewrite has lines in a folder, which go before those of the folders above. */
export function hasRules({ section: { kind, argument, directives } }: Layer): boolean {
  return (
    kind === "Directory" &&
    directives.some(({ name }) => lowerName(name).startsWith("rewrite")) &&
    !/[*?[\\]/.test(argument)
  );
}

/** Whether a section holds for what a pattern says, and not for all below a path. */
export function isPattern({ section: { kind, argument } }: Layer): boolean {
  return kind !== "Directory" && kind !== "Location" ? true : /[*?[\\]/.test(argument);
}
