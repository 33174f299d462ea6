import type { Place } from "../../compile/table.ts";
import { changed, dropped, lost } from "../verdict.ts";
import { briefly } from "./briefly.ts";
import type { Places } from "./places.ts";

interface Line {
  readonly place: Place;
}

/** What becomes of lines that count in several parts of the URLs: what does something in one of them is not idle. */
export class LineOutcomes {
  readonly #places: Places;
  readonly #target: string;
  readonly #written = new Set<Place>();
  readonly #idle = new Map<Place, string>();

  /** `target` is the name of the server in messages. */
  constructor(places: Places, target: string) {
    this.#places = places;
    this.#target = target;
  }

  /** Lines that the target cannot say in one part at least. */
  lose(lines: readonly Line[], why: string): void {
    for (const { place } of lines) {
      this.#written.add(place);
      this.#places.judge(place, lost(`${this.#target} has nothing like this line here, since ${why}`));
    }
  }

  /** Lines whose loss changes what is sent, but not who gets it. */
  drop(lines: readonly Line[], why: string): void {
    for (const { place } of lines) {
      this.#written.add(place);
      this.#places.judge(place, dropped(why));
    }
  }

  /** Lines that others stand for. */
  write(lines: readonly Line[], made: readonly string[], why: string): void {
    const said = briefly(made, lines.length);
    for (const { place } of lines) {
      this.#written.add(place);
      this.#places.judge(place, changed(said, why));
    }
  }

  /** Lines that do nothing in one part. */
  rest(lines: readonly Line[], why: string): void {
    for (const { place } of lines) this.#idle.set(place, why);
  }

  /** Judges what does nothing anywhere; to be called when all is written. */
  finish(): void {
    for (const [place, why] of this.#idle) if (!this.#written.has(place)) this.#places.judge(place, dropped(why));
  }
}
