import type { Dialect, Place, TableDirective } from "../compile/table.ts";
import type { EffectiveDirective } from "./match.ts";
import { lowerName } from "./lower-name.ts";
import { mergeRule } from "./merge-rules.ts";
import type { MergeRule } from "./merge-rules.ts";

/** Lines that stand together or replace each other. */
interface Slot {
  layer: number;
  lines: TableDirective[];
  overrides: Place[];
  /** Made when it is first asked for, and shared by all that are merged onto it. */
  effective: readonly EffectiveDirective[] | null;
}

/** Slots in the order in which they were first filled; what others are merged onto, and so never changed. */
export type Slots = ReadonlyMap<string, Slot>;

/** Where lines of one name meet those that they replace, and how. */
interface SlotRule {
  readonly kind: MergeRule["kind"];
  /** Of the slot; of `keyed` lines the first part of it. */
  readonly key: string;
}

/** By names as they are written, for each dialect. */
const slotRules = new Map<Dialect, Map<string, SlotRule>>();
/** Names that no httpd knows may be any number. */
const MOST_NAMES = 10_000;

function slotRule(name: string, dialect: Dialect): SlotRule {
  let rules = slotRules.get(dialect);
  if (rules === undefined || rules.size >= MOST_NAMES) {
    rules = new Map();
    slotRules.set(dialect, rules);
  }
  const known = rules.get(name);
  if (known !== undefined) return known;
  const found = makeSlotRule(lowerName(name), dialect);
  rules.set(name, found);
  return found;
}

/** Where the lines of a name (in lower case) stand; those of a `keyed` one have no slot in common. */
export function slotKey(name: string, dialect: Dialect): string {
  return slotRule(name, dialect).key;
}

function makeSlotRule(key: string, dialect: Dialect): SlotRule {
  const rule = mergeRule(key, dialect);
  const { kind } = rule;
  switch (kind) {
    case "append":
      return { kind, key: rule.group === undefined ? key : `[${rule.group}]` };
    case "single":
    case "methods":
    case "options":
    case "keyed":
      return { kind, key };
    case "block":
      return { kind, key: `[${rule.group}]` };
    default:
      return kind satisfies never;
  }
}

function replaces(kind: MergeRule["kind"], { args, limit }: TableDirective, slot: Slot, layer: number): boolean {
  switch (kind) {
    case "single":
    case "keyed":
      return true;
    case "methods":
      return limit === undefined;
    case "append":
      return false;
    case "options":
      return args.some((word) => !/^[+-]/.test(word));
    case "block":
      return slot.layer !== layer;
    default:
      return kind satisfies never;
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
      const { kind, key: start } = slotRule(directive.name, dialect);
      const key = kind === "keyed" ? `${start} ${(directive.args[0] ?? "").toLowerCase()}` : start;
      const before = slots.get(key);
      let slot = before;
      if (slot === undefined || !own.has(slot)) {
        slot =
          before === undefined
            ? { layer, lines: [], overrides: [], effective: null }
            : { layer: before.layer, lines: [...before.lines], overrides: [...before.overrides], effective: null };
        own.add(slot);
        slots.set(key, slot);
      }
      if (slot.lines.length > 0 && replaces(kind, directive, slot, layer)) {
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

/** The lines in effect, slot after slot. */
export function effectiveOf(slots: Slots, dialect: Dialect): readonly EffectiveDirective[] {
  let count = 0;
  for (const slot of slots.values()) count += slot.lines.length;
  // Hundreds of lines for each of thousands of hosts: a list that grows would be copied again and again.
  const found = new Array<EffectiveDirective>(count);
  let at = 0;
  for (const slot of slots.values()) {
    for (const line of effectiveIn(slot)) {
      found[at] = line;
      at += 1;
    }
  }
  if (found.length >= MANY_LINES) made.set(found, { slots, dialect });
  return found;
}

/** Fewer lines than this are looked through as fast as their slots are looked up. */
export const MANY_LINES = 24;

/** Of long lists what they were made of. */
const made = new WeakMap<readonly TableDirective[], { readonly slots: Slots; readonly dialect: Dialect }>();

/**
 * The lines of some names (in lower case) among effective directives, in their order; null for a list that {@link effectiveOf}
 * has not made, and for a short one. All parts of a site that inherit the lines of one name get the same list of them.
 */
export function linesOfSlots(
  effective: readonly TableDirective[],
  names: readonly string[],
): readonly TableDirective[] | null {
  const from = made.get(effective);
  if (from === undefined) return null;
  const { slots, dialect } = from;
  const keys: string[] = [];
  const starts: string[] = [];
  for (const name of names) {
    const { kind, key } = slotRule(name, dialect);
    if (kind === "keyed") starts.push(`${key} `);
    else if (slots.has(key) && !keys.includes(key)) keys.push(key);
  }
  const [only] = keys;
  // Their order among all slots is asked for only where there are several.
  if (starts.length === 0 && keys.length < 2) return only === undefined ? noLines : linesOfSlot(slots, only, names);
  const lists: (readonly TableDirective[])[] = [];
  for (const key of slots.keys()) {
    if (!keys.includes(key) && !starts.some((start) => key.startsWith(start))) continue;
    const lines = linesOfSlot(slots, key, names);
    if (lines.length > 0) lists.push(lines);
  }
  const [first = noLines, ...more] = lists;
  return more.length === 0 ? first : [first, ...more].flat();
}

/** In the slot of a group stand others, too. */
function linesOfSlot(slots: Slots, key: string, names: readonly string[]): readonly EffectiveDirective[] {
  const lines = linesIn(slots, key);
  return key.startsWith("[") ? linesOfGroup(lines, names) : lines;
}

function effectiveIn(slot: Slot): readonly EffectiveDirective[] {
  slot.effective ??= slot.lines.map((line, index) => effectiveLine(line, index === 0 ? slot.overrides : none));
  return slot.effective;
}

const none: readonly Place[] = [];

/** Most lines have neither limit nor children, and a copy that names its members is made much faster. */
function effectiveLine(line: TableDirective, overrides: readonly Place[]): EffectiveDirective {
  if (line.limit !== undefined || line.children !== undefined) return { ...line, overrides };
  const { name, args, place } = line;
  return { name, args, place, overrides };
}

const groupLines = new WeakMap<readonly EffectiveDirective[], Map<string, readonly EffectiveDirective[]>>();

/** The same list for each that asks. */
function linesOfGroup(lines: readonly EffectiveDirective[], names: readonly string[]): readonly EffectiveDirective[] {
  if (lines.length < MANY_LINES) return lines.filter(({ name }) => names.includes(lowerName(name)));
  const known = groupLines.get(lines) ?? new Map<string, readonly EffectiveDirective[]>();
  groupLines.set(lines, known);
  const key = names.join(" ");
  const found = known.get(key) ?? lines.filter(({ name }) => names.includes(lowerName(name)));
  known.set(key, found);
  return found;
}

/** The lines in effect of one slot: of a directive by its name in lower case, of a group by `[group]`. */
export function linesIn(slots: Slots, key: string): readonly EffectiveDirective[] {
  const slot = slots.get(key);
  return slot === undefined ? noLines : effectiveIn(slot);
}

const noLines: readonly EffectiveDirective[] = [];
