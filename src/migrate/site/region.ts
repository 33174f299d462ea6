import type { Place, RoutingTable, TableDirective, TableSection } from "../../compile/table.ts";
import type { Match, Refusal } from "../../routing/match.ts";
import type { Merged } from "../../routing/merge.ts";
import type { Formula } from "../apache24/formula.ts";
import type { HostMappings, PatternMapping } from "./host-mappings.ts";
import type { Layer } from "./layers.ts";
import type { Relay } from "./relays.ts";

/** What holds for the requests of a region that match some expressions. */
export interface Variant {
  /** Expressions on the decoded path that all match; empty for what is left when no other variant fits. */
  readonly patterns: readonly string[];
  readonly formula: Formula;
  /** Effective directives after merging. */
  readonly effective: readonly TableDirective[];
  /** Names and arguments of the candidacy functions; empty: not balanced. */
  readonly pipeline: Merged["pipeline"];
  /** From SetHandler, null for None; undefined when no line says it. */
  readonly handler: string | null | undefined;
  /** Redirect lines of the sections, which come behind access; those of inner sections first. */
  readonly redirects: Merged["redirects"];
  /** The folder whose lines of mod_rewrite count; null when none has any. */
  readonly ruledBy: TableSection | null;
}

/** A part of a host's URLs: one path, all below one, or what of that the expression of a line matches. */
export interface Region {
  readonly kind: "exact" | "below" | "match";
  /** Without a slash at its end; empty for the root, which is always `below`. */
  readonly path: string;
  /** Where its files are, without a slash at the end; null when nothing says it. */
  readonly folder: string | null;
  /** What an expression gives the folder, server or address of all requests of this part; null for none. */
  readonly mapping: PatternMapping | null;
  /** Whether ScriptAlias leads there. */
  readonly isScript: boolean;
  /** The line that gives the folder; null for the built-in document root. */
  readonly mappedBy: Place | null;
  /** Where a ProxyPass line sends it; null: nowhere. */
  readonly relay: Relay | null;
  /** Whether a section with a pattern has a part in an exact path. */
  readonly meetsPattern: boolean;
  /** The first whose patterns match counts; the last has none. */
  readonly variants: readonly Variant[];
  /** Parts for which the expressions of lines count, of kind `match`: the first that matches goes before all else. */
  readonly parts: readonly Region[];
}

/** The regions of a host, and the sections that no region could be given to. */
export interface HostRegions {
  /** Longer paths behind shorter ones; a path behind what is above it. */
  readonly regions: readonly Region[];
  readonly unplaced: readonly Unplaced[];
}

/** A deciding section that stands in no region. */
export interface Unplaced {
  readonly layer: Layer;
  /** Where it may keep somebody out: lists of expressions on the decoded path that all match; an empty one is anywhere. */
  readonly closed: readonly (readonly string[])[];
}

/** What regions of a host are worked out from. */
export interface HostFacts {
  readonly table: RoutingTable;
  readonly host: number;
  /** Deciding sections of the server and of this host. */
  readonly layers: readonly Layer[];
  /** All sections of the server and of this host, those that only help others to decide too. */
  readonly everyLayer: readonly Layer[];
  /** Whether one of those is among `layers`. */
  readonly isDeciding: (layer: Layer) => boolean;
  /** Lines with expressions, in the order in which they are tried. */
  readonly mappings: HostMappings;
  /** Directives outside of sections that sections are merged onto: the server's, then the host's. */
  readonly outer: readonly (readonly TableDirective[])[];
  /** Other directives that the target writes down. */
  readonly isSetting: (key: string) => boolean;
  readonly layerOf: (section: Match["sections"][number]) => Layer | null;
  /** Asks our own routing for a path of this host, as if the lines of `mappings` were not there. */
  readonly route: (path: string) => Match | Refusal;
}

/** Where sections stand that no expression is given for. */
export type UnplacedLayers = Map<Layer, (readonly string[])[]>;

/** Notes that a section may count where some expressions all match. */
export function addUnplaced(unplaced: UnplacedLayers, layer: Layer, patterns: readonly string[]): void {
  const list = unplaced.get(layer);
  if (list === undefined) unplaced.set(layer, [patterns]);
  else list.push(patterns);
}
