/** Spaces behind one size: Apache 1.3 fills a field of the width of its buffer's size. */
const mostPadding = 16;

/** Digits of a chunk size: 2^52 bytes, far beyond any body and exact as a number. */
const mostDigits = 13;

/** A body in chunks that is none; the message says what was expected. */
export class BadChunk extends Error {
  override readonly name = "BadChunk";
}

type State = "size" | "padding" | "size-end" | "data" | "data-end" | "data-end-lf" | "done";

const CR = 13;
const LF = 10;

/**
 * Takes a body out of its chunks, up to and with the line of the last chunk; trailers are not its concern. Sizes are plain
 * hexadecimal digits, lines end in CR LF, extensions are refused: none is in use, and readers differ about them. Spaces behind
 * a size are allowed, because Apache 1.3 pads with them (buff.c end_chunk) and they change no number.
 */
export class ChunkReader {
  #state: State = "size";
  #left = 0;
  #digits = 0;
  #padding = 0;

  /** True behind the line of the last chunk. */
  get isDone(): boolean {
    return this.#state === "done";
  }

  reset(): void {
    this.#state = "size";
    this.#left = 0;
    this.#digits = 0;
    this.#padding = 0;
  }

  /**
   * Reads from `start`; gives each piece of the body to `data`, as a view into the chunk, and returns where it stopped: the end
   * of the chunk, or the first byte behind the last chunk's line. Stops early when `data` says false. Throws BadChunk.
   */
  read(chunk: Buffer, start: number, data: (piece: Buffer) => boolean): number {
    let at = start;
    while (at < chunk.length && this.#state !== "done") {
      if (this.#state === "data") {
        const stop = Math.min(chunk.length, at + this.#left);
        this.#left -= stop - at;
        if (this.#left === 0) this.#state = "data-end";
        const piece = chunk.subarray(at, stop);
        at = stop;
        if (!data(piece)) return at;
      } else {
        this.#step(chunk[at] ?? 0);
        at += 1;
      }
    }
    return at;
  }

  /** One byte between the pieces of the body. */
  #step(byte: number): void {
    switch (this.#state) {
      case "size": {
        const digit = hexadecimal(byte);
        if (digit >= 0) {
          this.#digits += 1;
          if (this.#digits > mostDigits) throw new BadChunk("A chunk size is too large");
          this.#left = this.#left * 16 + digit;
          return;
        }
        if (this.#digits === 0) throw new BadChunk("Expected a chunk size");
        this.#behindSize(byte);
        return;
      }
      case "padding":
        this.#behindSize(byte);
        return;
      case "size-end":
        if (byte !== LF) throw new BadChunk("Expected a line feed behind a chunk size");
        this.#state = this.#left === 0 ? "done" : "data";
        this.#digits = 0;
        this.#padding = 0;
        return;
      case "data-end":
        if (byte !== CR) throw new BadChunk("Expected the end of a chunk");
        this.#state = "data-end-lf";
        return;
      case "data-end-lf":
        if (byte !== LF) throw new BadChunk("Expected the end of a chunk");
        this.#state = "size";
        return;
      case "data":
      case "done":
        return;
      default:
        this.#state satisfies never;
    }
  }

  #behindSize(byte: number): void {
    if (byte === CR) {
      this.#state = "size-end";
      return;
    }
    this.#padding += 1;
    if (byte !== 32 || this.#padding > mostPadding) throw new BadChunk("Expected the end of a chunk size");
    this.#state = "padding";
  }
}

/** The value of a hexadecimal digit; -1 for any other byte. */
function hexadecimal(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
