/** What ends a head. */
const end = Buffer.from("\r\n\r\n");

/**
 * Gathers the bytes of a head that comes in pieces, as Latin-1 text. Each byte is looked at a fixed number of times, however
 * small the pieces.
 */
export class HeadGatherer {
  readonly #mostBytes: number;
  #pieces: string[] = [];
  #size = 0;
  /** The last three characters of what came before. */
  #tail = "";

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** True when nothing is waiting for its end. */
  get isEmpty(): boolean {
    return this.#size === 0;
  }

  /**
   * Takes the bytes from `start`. Gives the whole head with its empty line, and where in the chunk it ended; null: more is
   * needed. Throws a RangeError when the head grows too large.
   */
  take(chunk: Buffer, start: number): { readonly text: string; readonly next: number } | null {
    const next = this.#endIn(chunk, start);
    const stop = next < 0 ? chunk.length : next;
    if (this.#size + stop - start > this.#mostBytes) throw new RangeError("The head is too large");
    const text = chunk.toString("latin1", start, stop);
    if (next >= 0) {
      const whole = this.#size === 0 ? text : this.#pieces.join("") + text;
      this.#pieces = [];
      this.#size = 0;
      this.#tail = "";
      return { text: whole, next };
    }
    this.#pieces.push(text);
    this.#size += text.length;
    this.#tail = (this.#tail + text).slice(-3);
    return null;
  }

  /** Index behind the end of the head, or -1. */
  #endIn(chunk: Buffer, start: number): number {
    if (this.#tail !== "") {
      // The end may have begun in the pieces before.
      const seam = (this.#tail + chunk.toString("latin1", start, start + 3)).indexOf("\r\n\r\n");
      if (seam >= 0) return start + seam + 4 - this.#tail.length;
    }
    const found = chunk.indexOf(end, start);
    return found < 0 ? -1 : found + 4;
  }
}
