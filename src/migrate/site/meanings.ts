import type { TableDirective } from "../../compile/table.ts";
import { isAccess } from "./access-formula.ts";
import type { Variant } from "./region.ts";

/** What a variant says, without the lines that say it. */
interface Meaning {
  /** Access, content and redirects. */
  readonly head: string;
  /** Each other line, in any order. */
  readonly others: readonly Text[];
  /** Of the texts of the others: where it differs, they do. */
  readonly sum: number;
}

interface Text {
  readonly text: string;
  readonly hash: number;
}

const meanings = new WeakMap<Variant, Meaning>();
/** By the arguments of a line, which all that is merged of it shares. */
const texts = new WeakMap<TableDirective["args"], Text>();

/** Whether two variants say the same. */
export function isSameMeaning(one: Variant, other: Variant): boolean {
  if (one === other) return true;
  const [a, b] = [meaningOf(one), meaningOf(other)];
  if (a.head !== b.head || a.sum !== b.sum || a.others.length !== b.others.length) return false;
  if (a.others.every(({ text }, index) => text === b.others[index]?.text)) return true;
  const sorted = b.others.map(({ text }) => text).sort();
  return a.others
    .map(({ text }) => text)
    .sort()
    .every((text, index) => text === sorted[index]);
}

function meaningOf(variant: Variant): Meaning {
  const known = meanings.get(variant);
  if (known !== undefined) return known;
  const { formula, effective, pipeline, handler, redirects, ruledBy } = variant;
  const steps = pipeline.map(({ function: name, argument }) => [name, argument]);
  const places = redirects.map(({ directive }) => directive.place);
  const others: Text[] = [];
  let sum = 0;
  for (const line of effective) {
    if (isAccess(line)) continue;
    const text = textOf(line);
    others.push(text);
    sum = (sum + text.hash) | 0;
  }
  const head = JSON.stringify([formula, steps, handler, places, ruledBy?.place ?? null]);
  const meaning = { head, others, sum };
  meanings.set(variant, meaning);
  return meaning;
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
