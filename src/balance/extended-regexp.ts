/** A compiled expression. */
export interface ExtendedRegExp {
  /** Whether it matches somewhere in the text, in time proportional to the text's length. */
  test(text: string): boolean;
}

type Accepts = (code: number) => boolean;

type Node =
  | { readonly kind: "character"; readonly accepts: Accepts }
  | { readonly kind: "start" | "end" }
  | { readonly kind: "sequence" | "choice"; readonly parts: readonly Node[] }
  | { readonly kind: "repeat"; readonly part: Node; readonly min: number; readonly max: number };

type State =
  | { readonly kind: "character"; readonly accepts: Accepts; readonly next: number }
  | { readonly kind: "start" | "end"; readonly next: number }
  | { readonly kind: "choice"; readonly next: number[] }
  | { readonly kind: "match" };

/** RE_DUP_MAX of POSIX. */
const MAX_REPEAT = 255;
/** Enough for every sensible expression; counted repetitions inside each other multiply. */
const MAX_STATES = 10_000;
const MAX_LENGTH = 1000;
const MATCH = 0;

const classes: ReadonlyMap<string, RegExp> = new Map([
  ["alpha", /[A-Za-z]/],
  ["digit", /[0-9]/],
  ["alnum", /[A-Za-z0-9]/],
  ["upper", /[A-Z]/],
  ["lower", /[a-z]/],
  ["space", /\s/],
  ["blank", /[ \t]/],
  ["punct", /[!-/:-@[-`{-~]/],
  ["print", /[ -~]/],
  ["graph", /[!-~]/],
  ["xdigit", /[0-9A-Fa-f]/],
]);

/**
 * Compiles an extended regular expression of POSIX, as regcomp with REG_EXTENDED takes it, for tests without captures.
 * An automaton runs it, not RegExp: the names that it is tried on come from the network, and with a backtracking matcher a
 * forged name could stop the balancer for minutes. Besides, `+?` and `[\w]` mean other things there.
 */
export function compileExtendedRegExp(pattern: string): ExtendedRegExp | { readonly error: string } {
  if (pattern.length > MAX_LENGTH)
    return { error: `Expected a regular expression of at most ${MAX_LENGTH} characters` };
  const parser = new Parser(pattern);
  const tree = parser.parse();
  if ("error" in tree) return { error: `${tree.error} in the regular expression "${pattern}"` };
  const states: State[] = [{ kind: "match" }];
  const first = build(tree, MATCH, states);
  if (states.length > MAX_STATES) return { error: `Too many repetitions in the regular expression "${pattern}"` };
  return { test: (text) => run(states, first, text) };
}

/** Appends the states for a node, followed by the state `next`; gives the first of them. Stops early above MAX_STATES. */
function build(node: Node, next: number, states: State[]): number {
  if (states.length > MAX_STATES) return next;
  switch (node.kind) {
    case "character":
      return states.push({ kind: "character", accepts: node.accepts, next }) - 1;
    case "start":
    case "end":
      return states.push({ kind: node.kind, next }) - 1;
    case "sequence":
      return node.parts.reduceRight((after, part) => build(part, after, states), next);
    case "choice":
      return states.push({ kind: "choice", next: node.parts.map((part) => build(part, next, states)) }) - 1;
    case "repeat": {
      let after = next;
      if (node.max === Infinity) {
        const targets = [next];
        after = states.push({ kind: "choice", next: targets }) - 1;
        targets.push(build(node.part, after, states));
      } else {
        for (let count = node.min; count < node.max && states.length <= MAX_STATES; count += 1) {
          after = states.push({ kind: "choice", next: [next, build(node.part, after, states)] }) - 1;
        }
      }
      for (let count = 0; count < node.min; count += 1) after = build(node.part, after, states);
      return after;
    }
    default:
      return node satisfies never;
  }
}

/** Follows all paths at once (Thompson). */
function run(states: readonly State[], first: number, text: string): boolean {
  const seenAt = new Int32Array(states.length).fill(-1);
  let waiting: number[] = [];
  for (let at = 0; at <= text.length; at += 1) {
    // It may begin anywhere.
    const open = [...waiting, first];
    waiting = [];
    const code = at < text.length ? text.charCodeAt(at) : -1;
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      const state = states[index];
      if (state === undefined || seenAt[index] === at) continue;
      seenAt[index] = at;
      if (state.kind === "match") return true;
      if (state.kind === "choice") open.push(...state.next);
      else if (state.kind === "character") {
        if (code >= 0 && state.accepts(code)) waiting.push(state.next);
      } else if (state.kind === "start" ? at === 0 : at === text.length) open.push(state.next);
    }
  }
  return false;
}

type Parsed<Value> = Value | { readonly error: string };

/** choice = sequence { "|" sequence }; sequence = { atom { repetition } }. Nesting is bounded by MAX_LENGTH. */
class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): Parsed<Node> {
    const tree = this.#choice();
    if (!("error" in tree) && this.#at < this.#text.length) return { error: `Unexpected ")"` };
    return tree;
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }

  #choice(): Parsed<Node> {
    const parts: Node[] = [];
    do {
      if (parts.length > 0) this.#at += 1;
      const part = this.#sequence();
      if ("error" in part) return part;
      parts.push(part);
    } while (this.#peek() === "|");
    return { kind: "choice", parts };
  }

  #sequence(): Parsed<Node> {
    const parts: Node[] = [];
    while (this.#at < this.#text.length && this.#peek() !== "|" && this.#peek() !== ")") {
      const atom = this.#atom();
      const part = "error" in atom ? atom : this.#repeated(atom);
      if ("error" in part) return part;
      parts.push(part);
    }
    return { kind: "sequence", parts };
  }

  #repeated(atom: Node): Parsed<Node> {
    let part = atom;
    for (;;) {
      const [text, simple, low, comma, high] =
        /^(?:([*+?])|\{(\d{0,4})(,?)(\d{0,4})\})/.exec(this.#text.slice(this.#at)) ?? [];
      if (text === undefined) return part;
      this.#at += text.length;
      const min = simple === undefined ? Number(low) : simple === "+" ? 1 : 0;
      const bounded = simple === undefined ? (comma === "" ? min : high === "" ? Infinity : Number(high)) : Infinity;
      const max = simple === "?" ? 1 : bounded;
      if (text === "{}" || min > MAX_REPEAT || max < min || (max > MAX_REPEAT && max !== Infinity)) {
        return { error: `Unexpected repetition "${text}"` };
      }
      part = { kind: "repeat", part, min, max };
    }
  }

  #atom(): Parsed<Node> {
    const character = this.#peek();
    this.#at += 1;
    switch (character) {
      case "(": {
        const inner = this.#choice();
        if ("error" in inner) return inner;
        if (this.#peek() !== ")") return { error: `Expected ")"` };
        this.#at += 1;
        return inner;
      }
      case "[":
        return this.#bracket();
      case ".":
        return { kind: "character", accepts: () => true };
      case "^":
        return { kind: "start" };
      case "$":
        return { kind: "end" };
      case "*":
      case "+":
      case "?":
        return { error: `Nothing to repeat before "${character}"` };
      case "\\":
        return this.#escape();
      default:
        return literal(character);
    }
  }

  #escape(): Parsed<Node> {
    const character = this.#peek();
    this.#at += 1;
    const lower = character.toLowerCase();
    // GNU's additions; other letters and digits mean something in other dialects only.
    if (lower === "w" || lower === "s") {
      const pattern = lower === "w" ? /\w/ : /\s/;
      return {
        kind: "character",
        accepts: (code) => pattern.test(String.fromCharCode(code)) === (character === lower),
      };
    }
    if (/^[A-Za-z0-9]?$/.test(character)) return { error: `Unknown escape "\\${character}"` };
    return literal(character);
  }

  /** After the `[`. A backslash is an ordinary character there, and so is a `]` in the first place. */
  #bracket(): Parsed<Node> {
    const tests: Accepts[] = [];
    const negated = this.#peek() === "^";
    if (negated) this.#at += 1;
    for (let first = true; first || this.#peek() !== "]"; first = false) {
      const rest = this.#text.slice(this.#at);
      const [text, name, low, high] = /^(?:\[:(\w{1,10}):\]|([^])(?:-([^\]]))?)/.exec(rest) ?? [];
      if (text === undefined || /^\[[.=]/.test(rest))
        return { error: `Expected a bracket expression that ends with "]"` };
      this.#at += text.length;
      if (name !== undefined) {
        const pattern = classes.get(name);
        if (pattern === undefined) return { error: `Unknown class "[:${name}:]"` };
        tests.push((code) => pattern.test(String.fromCharCode(code)));
        continue;
      }
      const from = (low ?? "").charCodeAt(0);
      const to = (high ?? low ?? "").charCodeAt(0);
      if (to < from) return { error: `Unexpected range "${text}"` };
      tests.push((code) => code >= from && code <= to);
    }
    this.#at += 1;
    return { kind: "character", accepts: (code) => tests.some((test) => test(code)) !== negated };
  }
}

function literal(character: string): Node {
  const wanted = character.charCodeAt(0);
  return { kind: "character", accepts: (code) => code === wanted };
}
