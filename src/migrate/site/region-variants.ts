import type { TableSection } from "../../compile/table.ts";
import type { Match } from "../../routing/match.ts";
import { lowerName } from "../../routing/lower-name.ts";
import { merge, redirectsOf } from "../../routing/merge.ts";
import { formulaOf } from "./access-formula.ts";
import { combinations } from "./combinations.ts";
import { lastNamed } from "./effective.ts";
import type { Layer } from "./layers.ts";
import { hasRules, inMergeOrder, isDeciding } from "./layers.ts";
import { isSameMeaning } from "./meanings.ts";
import { addUnplaced, type HostFacts, type UnplacedLayers, type Variant } from "./region.ts";
import { acrossLines } from "./url-pattern.ts";

/** A section that counts where all of some expressions on the path match. */
export interface OpenLayer {
  readonly layer: Layer;
  readonly patterns: readonly string[];
}

/** What holds in a part of the URLs where `base` counts everywhere; `match`: what routing has merged of just these. */
export function variantsOf(
  base: readonly Layer[],
  open: OpenLayer[],
  facts: HostFacts,
  unplaced: UnplacedLayers,
  match: Match | null,
): readonly Variant[] {
  const { table, outer } = facts;
  const variantOf = (chosen: readonly OpenLayer[]): Variant => {
    if (chosen.length === 0 && match !== null) return asMet(match, base, facts);
    const sections = inMergeOrder([...base, ...chosen.map(({ layer }) => layer)]);
    const lists = sections.map(({ section }) => section.directives);
    const merged = merge(outer, lists, table.apache, false);
    return {
      patterns: [...new Set(chosen.flatMap((one) => one.patterns.map((text) => acrossLines(text, table.apache))))],
      formula: formulaOf(merged.effective, table.apache),
      effective: merged.effective,
      pipeline: merged.pipeline,
      handler: merged.handler,
      redirects: merged.redirects,
      ruledBy: ruledBy([...base, ...chosen.map(({ layer }) => layer)]),
    };
  };
  if (open.length === 0) return [variantOf([])];
  const order = new Map(inMergeOrder(open.map(({ layer }) => layer)).map((layer, index) => [layer, index]));
  open.sort((a, b) => (order.get(a.layer) ?? 0) - (order.get(b.layer) ?? 0));
  const { chosen, left } = combinations(
    open.map((one) => ({ ...one, section: one.layer.section, isFirst: isDeciding(one.layer) })),
    table.apache,
  );
  for (const one of left) addUnplaced(unplaced, one.layer, one.patterns);
  return withoutIdle(chosen.map(variantOf));
}

/** What routing itself has merged for a path, which is much of the work; the same for all paths with the same sections. */
function asMet({ effective, pipeline }: Match, layers: readonly Layer[], { table, outer }: HostFacts): Variant {
  const known = variantsOfLines.get(effective);
  if (known !== undefined) return known;
  const isSent = layers.some(({ section }) =>
    section.directives.some(({ name }) => lowerName(name).startsWith("redirect")),
  );
  const lists = layers.map(({ section }) => section.directives);
  const word = lastNamed(effective, "sethandler")?.args[0];
  const variant: Variant = {
    patterns: [],
    formula: formulaOf(effective, table.apache),
    effective,
    pipeline,
    handler: word?.toLowerCase() === "none" ? null : word,
    redirects: isSent ? redirectsOf([...outer, ...lists], table.apache, []) : [],
    ruledBy: ruledBy(layers),
  };
  variantsOfLines.set(effective, variant);
  return variant;
}

function ruledBy(layers: readonly Layer[]): TableSection | null {
  const found = layers.filter(hasRules);
  return found.length < 2 ? (found[0]?.section ?? null) : (inMergeOrder(found).at(-1)?.section ?? null);
}

const variantsOfLines = new WeakMap<Match["effective"], Variant>();

/** Leaves out variants that say what those behind them say for the same requests. */
function withoutIdle(variants: readonly Variant[]): readonly Variant[] {
  const kept: Variant[] = [];
  for (const variant of variants.toReversed()) {
    // What would answer without this one: the first kept one whose patterns all are among its own.
    const next = kept.findLast(({ patterns }) => patterns.every((one) => variant.patterns.includes(one)));
    if (next === undefined || !isSameMeaning(next, variant)) kept.push(variant);
  }
  return kept.reverse();
}
