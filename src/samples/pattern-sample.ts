/** Nested groups deeper than this give up: nobody writes them, and the reader calls itself. */
const MAX_DEPTH = 50;

/**
 * A short text that a regular expression probably matches: the first alternative, each repeat as seldom as it may be, classes
 * by their first member. Not proven by matching; anchors, lookarounds and backreferences add nothing. Null when the
 * expression is not understood.
 */
export function patternSample(expression: string): string | null {
  const reader = new SampleReader(expression);
  const sample = reader.alternatives(0);
  return reader.isDone ? sample : null;
}

const classes: Readonly<Record<string, string>> = { d: "1", w: "a", s: " ", D: "a", W: "-", S: "a" };
const named: Readonly<Record<string, string>> = {
  digit: "1",
  alpha: "a",
  alnum: "a",
  lower: "a",
  upper: "A",
  space: " ",
};

class SampleReader {
  readonly #text: string;
  #at = 0;
  #failed = false;

  constructor(text: string) {
    this.#text = text;
  }

  get isDone(): boolean {
    return !this.#failed && this.#at >= this.#text.length;
  }

  /** Up to the end of the group; the first of the alternatives counts. */
  alternatives(depth: number): string {
    if (depth > MAX_DEPTH) {
      this.#failed = true;
      return "";
    }
    const first = this.#sequence(depth);
    while (this.#peek() === "|" && !this.#failed) {
      this.#at += 1;
      this.#sequence(depth);
    }
    return first;
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }

  #sequence(depth: number): string {
    let sample = "";
    for (let next = this.#peek(); next !== "" && next !== "|" && next !== ")"; next = this.#peek()) {
      if (this.#failed) return "";
      sample += this.#times(this.#atom(depth));
    }
    return sample;
  }

  #atom(depth: number): string {
    const next = this.#peek();
    this.#at += 1;
    switch (next) {
      case "^":
      case "$":
        return "";
      case ".":
        return "x";
      case "\\":
        return this.#escape();
      case "[":
        return this.#class();
      case "(": {
        const kind = /^\?(?:<?[=!]|#|[a-zA-Z]*-?[a-zA-Z]*:|P?<\w+>|[a-zA-Z]+(?=\)))/.exec(
          this.#text.slice(this.#at, this.#at + 64),
        );
        if (kind !== null) this.#at += kind[0].length;
        const inside = this.alternatives(depth + 1);
        if (this.#peek() !== ")") this.#failed = true;
        this.#at += 1;
        return kind !== null && /^\?(?:<?[=!]|#)/.test(kind[0]) ? "" : inside;
      }
      default:
        return next;
    }
  }

  #escape(): string {
    const next = this.#peek();
    this.#at += 1;
    if (/[bBAzZ]/.test(next) || /\d/.test(next)) return "";
    return classes[next] ?? next;
  }

  #class(): string {
    const negated = this.#peek() === "^";
    if (negated) this.#at += 1;
    const close = this.#text.indexOf("]", this.#at + 1);
    const posix = /^\[:(\w+):\]/.exec(this.#text.slice(this.#at, this.#at + 16));
    if (close === -1) {
      this.#failed = true;
      return "";
    }
    let first = this.#peek();
    if (first === "\\") first = classes[this.#text.charAt(this.#at + 1)] ?? this.#text.charAt(this.#at + 1);
    if (posix !== null) first = named[posix[1] ?? ""] ?? "a";
    this.#at = (posix === null ? close : this.#text.indexOf("]", this.#at + posix[0].length)) + 1;
    if (this.#at === 0) this.#failed = true;
    if (!negated) return first;
    return first === "x" ? "y" : "x";
  }

  /** What the quantifier behind an atom makes of its sample. */
  #times(sample: string): string {
    const counted = /^\{(\d{0,3})(?:,\d{0,5})?\}/.exec(this.#text.slice(this.#at, this.#at + 12));
    let times = 1;
    if (counted !== null) {
      this.#at += counted[0].length;
      times = Math.min(Number(counted[1] ?? "0"), 100);
    } else if (this.#peek() === "*" || this.#peek() === "?") {
      this.#at += 1;
      times = 0;
    } else if (this.#peek() === "+") {
      this.#at += 1;
    } else {
      return sample;
    }
    if (this.#peek() === "?" || this.#peek() === "+") this.#at += 1;
    return sample.repeat(times);
  }
}
