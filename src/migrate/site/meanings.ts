import type { TableDirective } from "../../compile/table.ts";
import { isAccess } from "./access-formula.ts";
import type { Variant } from "./region.ts";

/** What a variant says beside access, content and redirects, without the lines that say it. */
interface Others {
  /** Each line, in any order. */
  readonly texts: readonly Text[];
  /** Of the texts: where it differs, they do. */
  readonly sum: number;
}

interface Text {
  readonly text: string;
  readonly hash: number;
}

/** Access, content and redirects. */
const heads = new WeakMap<Variant, string>();
const others = new WeakMap<Variant, Others>();
/** By the arguments of a line, which all that is merged of it shares. */
const texts = new WeakMap<TableDirective["args"], Text>();

/** Whether two variants say the same. */
export function isSameMeaning(one: Variant, other: Variant): boolean {
  if (one === other) return true;
  if (headOf(one) !== headOf(other)) return false;
  const [a, b] = [othersOf(one), othersOf(other)];
  if (a.sum !== b.sum || a.texts.length !== b.texts.length) return false;
  if (a.texts.every(({ text }, index) => text === b.texts[index]?.text)) return true;
  const sorted = b.texts.map(({ text }) => text).sort();
  return a.texts
    .map(({ text }) => text)
    .sort()
    .every((text, index) => text === sorted[index]);
}

function headOf(variant: Variant): string {
  const known = heads.get(variant);
  if (known !== undefined) return known;
  const { formula, pipeline, handler, redirects, ruledBy } = variant;
  const steps = pipeline.map(({ function: name, argument }) => [name, argument]);
  const places = redirects.map(({ directive }) => directive.place);
  const head = JSON.stringify([formula, steps, handler, places, ruledBy?.place ?? null]);
  heads.set(variant, head);
  return head;
}

function othersOf(variant: Variant): Others {
  const known = others.get(variant);
  if (known !== undefined) return known;
  const found: Text[] = [];
  let sum = 0;
  for (const line of variant.effective) {
    if (isAccess(line)) continue;
    const text = textOf(line);
    found.push(text);
    sum = (sum + text.hash) | 0;
  }
  const made = { texts: found, sum };
  others.set(variant, made);
  return made;
}

function textOf({ name, args }: TableDirective): Text {
  const known = texts.get(args);
  if (known !== undefined) return known;
  const text = JSON.stringify([name, args]);
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  const made = { text, hash };
  texts.set(args, made);
  return made;
}
