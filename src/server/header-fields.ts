import type { IncomingHttpHeaders } from "node:http";

/** Fields as mod_headers sees them: a list of names and values in which a name may stand more than once. */
export class HeaderFields {
  #flat: string[];

  /** `flat`: name, value, name, value; it is not changed. */
  constructor(flat: readonly string[]) {
    this.#flat = [...flat];
  }

  get flat(): readonly string[] {
    return this.#flat;
  }

  #places(lower: string): readonly number[] {
    const places: number[] = [];
    for (let at = 0; at + 1 < this.#flat.length; at += 2) {
      const name = this.#flat[at] ?? "";
      if (name.length === lower.length && name.toLowerCase() === lower) places.push(at);
    }
    return places;
  }

  all(lower: string): readonly string[] {
    return this.#places(lower).map((at) => this.#flat[at + 1] ?? "");
  }

  add(name: string, value: string): void {
    this.#flat.push(name, value);
  }

  /** In the place of the first of the name; the others go. */
  set(name: string, lower: string, value: string): void {
    const [first] = this.#places(lower);
    if (first === undefined) {
      this.add(name, value);
      return;
    }
    this.#flat[first] = name;
    this.#flat[first + 1] = value;
    this.#flat = this.#flat.filter(
      (_, at) => at <= first + 1 || (this.#flat[at - (at % 2)] ?? "").toLowerCase() !== lower,
    );
  }

  /** Behind a comma in the first of the name. */
  append(name: string, lower: string, value: string): void {
    const [first] = this.#places(lower);
    if (first === undefined) this.add(name, value);
    else this.#flat[first + 1] = `${this.#flat[first + 1] ?? ""}, ${value}`;
  }

  unset(lower: string): void {
    if (this.#places(lower).length === 0) return;
    this.#flat = this.#flat.filter((_, at) => (this.#flat[at - (at % 2)] ?? "").toLowerCase() !== lower);
  }

  /** Each of the name; they are then the last. */
  edit(lower: string, change: (value: string) => string): void {
    const kept: string[] = [];
    for (const at of this.#places(lower)) kept.push(this.#flat[at] ?? "", change(this.#flat[at + 1] ?? ""));
    this.unset(lower);
    this.#flat.push(...kept);
  }
}

/** Fields by their names in lower case, those of a name as one list: what Node makes of most of them. */
export function joinFields(flat: readonly string[]): IncomingHttpHeaders {
  const joined: Record<string, string> = {};
  for (let at = 0; at + 1 < flat.length; at += 2) {
    const lower = (flat[at] ?? "").toLowerCase();
    const before = joined[lower];
    joined[lower] = before === undefined ? (flat[at + 1] ?? "") : `${before}, ${flat[at + 1] ?? ""}`;
  }
  return joined;
}
