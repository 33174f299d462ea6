import { block, indented } from "./words.ts";

/** The `map` and `geo` blocks of a configuration, each written once however often it is needed. */
export class SharedVariables {
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #lines: string[] = [];

  /** A block `kind source $variable { rows }`; returns the variable with its dollar sign. */
  define(kind: "map" | "geo", source: string, stem: string, rows: readonly string[]): string {
    const key = JSON.stringify([kind, source, stem, rows]);
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const count = (this.#counts.get(stem) ?? 0) + 1;
    this.#counts.set(stem, count);
    const name = `$backhand_${stem}_${count}`;
    this.#names.set(key, name);
    this.#lines.push(...block([kind, source, name].filter((word) => word !== "").join(" "), rows));
    return name;
  }

  /** What stands in the http block, before all servers. */
  lines(): readonly string[] {
    return indented(this.#lines);
  }
}
