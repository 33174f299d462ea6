import type { Dialect, Place, TableDirective } from "../compile/table.ts";
import type { EffectiveDirective } from "./match.ts";
import { mergeRule } from "./merge-rules.ts";

/** Lines that stand together or replace each other. */
interface Slot {
  layer: number;
  lines: TableDirective[];
  overrides: Place[];
  /** All lines hold, and nothing but who asks for their names looks at them. */
  readonly isList: boolean;
  /** Made when it is first asked for, and shared by all that are merged onto it. */
  effective: readonly EffectiveDirective[] | null;
}

/** Slots in the order in which they were first filled; what others are merged onto, and so never changed. */
export type Slots = ReadonlyMap<string, Slot>;

/** Lines of which each adds to those before it, and which are looked at when sections are merged. */
const handlerLines: ReadonlySet<string> = new Set(["addhandler", "removehandler"]);

/** Where lines that replace each other meet, and how. */
function slotOf({ name, args }: TableDirective, dialect: Dialect): { readonly key: string; readonly isList: boolean } {
  const key = name.toLowerCase();
  const rule = mergeRule(key, dialect);
  switch (rule.kind) {
    case "append":
      return { key: rule.group === undefined ? key : `[${rule.group}]`, isList: !handlerLines.has(key) };
    case "single":
    case "options":
      return { key, isList: false };
    case "keyed":
      return { key: `${key} ${(args[0] ?? "").toLowerCase()}`, isList: false };
    case "block":
      return { key: `[${rule.group}]`, isList: false };
    default:
      return rule satisfies never;
  }
}

function replaces(directive: TableDirective, slot: Slot, layer: number, dialect: Dialect): boolean {
  const rule = mergeRule(directive.name.toLowerCase(), dialect);
  switch (rule.kind) {
    case "single":
    case "keyed":
      return true;
    case "append":
      return false;
    case "options":
      return directive.args.some((word) => !/^[+-]/.test(word));
    case "block":
      return slot.layer !== layer;
    default:
      return rule satisfies never;
  }
}

/** Merges layers onto slots, outermost first; `depth` is how many layers these hold. */
function mergeLayers(
  base: Slots,
  depth: number,
  layers: readonly (readonly TableDirective[])[],
  dialect: Dialect,
): Slots {
  const slots = new Map(base);
  const own = new Set<Slot>();
  for (const [index, directives] of layers.entries()) {
    const layer = depth + index;
    for (const directive of directives) {
      const { key, isList } = slotOf(directive, dialect);
      const before = slots.get(key);
      let slot = before;
      if (slot === undefined || !own.has(slot)) {
        const { lines = [], overrides = [], layer: from = layer } = before ?? {};
        slot = { layer: from, lines: [...lines], overrides: [...overrides], isList, effective: null };
        own.add(slot);
        slots.set(key, slot);
      }
      if (replaces(directive, slot, layer, dialect)) {
        for (const { place } of slot.lines) slot.overrides.push(place);
        slot.lines = [];
      }
      slot.layer = layer;
      slot.lines.push(directive);
    }
  }
  return slots;
}

const noSlots: Slots = new Map();
const known = new WeakMap<readonly TableDirective[], { readonly dialect: Dialect; readonly slots: Slots }>();
const knownOuter = new WeakMap<
  readonly (readonly TableDirective[])[],
  { readonly dialect: Dialect; readonly slots: Slots }
>();

/** The slots of the lines outside of sections: the server's, which all hosts share, then a host's; kept for both. */
function outerSlots(outer: readonly (readonly TableDirective[])[], dialect: Dialect): Slots {
  const before = knownOuter.get(outer);
  if (before?.dialect === dialect) return before.slots;
  const [main, ...own] = outer;
  let slots = noSlots;
  if (main !== undefined) {
    const ofMain = known.get(main);
    slots = ofMain?.dialect === dialect ? ofMain.slots : mergeLayers(noSlots, 0, [main], dialect);
    known.set(main, { dialect, slots });
  }
  if (own.length > 0) slots = mergeLayers(slots, 1, own, dialect);
  knownOuter.set(outer, { dialect, slots });
  return slots;
}

/** Merges lines of sections onto those outside of sections. */
export function mergeSlots(
  outer: readonly (readonly TableDirective[])[],
  inner: readonly (readonly TableDirective[])[],
  dialect: Dialect,
): Slots {
  const slots = outerSlots(outer, dialect);
  return inner.length === 0 ? slots : mergeLayers(slots, outer.length, inner, dialect);
}

/** Whether slots hold lists, which `effectiveOf` may leave out. */
export function hasLists(slots: Slots): boolean {
  for (const { isList } of slots.values()) if (isList) return true;
  return false;
}

/** The lines in effect, slot after slot; `listed` false leaves out those of slots in which all lines hold. */
export function effectiveOf(slots: Slots, listed: boolean): readonly EffectiveDirective[] {
  const found: EffectiveDirective[] = [];
  for (const slot of slots.values()) {
    if (slot.isList && !listed) continue;
    slot.effective ??= slot.lines.map((line, index) => ({ ...line, overrides: index === 0 ? slot.overrides : [] }));
    for (const line of slot.effective) found.push(line);
  }
  return found;
}
