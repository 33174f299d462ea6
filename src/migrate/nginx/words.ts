/** A word of nginx in quotes. What it holds must have no dollar sign where variables are read. */
export function quote(word: string): string {
  return `"${word.replace(/["\\]/g, "\\$&")}"`;
}

/** Expressions that all must match, as one. */
export function together(patterns: readonly string[]): string {
  const [only] = patterns;
  return patterns.length === 1 && only !== undefined
    ? only
    : patterns
        .map((one) => `(?=(?s:.*)(?:${one}))`)
        .join("")
        .replace(/^/, "^");
}

/** Lines one step further in. */
export function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === "" ? "" : `    ${line}`));
}

/** A block with its lines. */
export function block(head: string, lines: readonly string[]): readonly string[] {
  return [`${head} {`, ...indented(lines), "}"];
}

/**
 * Lines as one text, where all but the first have the indentation already that they are written with, `depth` steps: a site may
 * have a million of them, and as one string for each location they take a tenth of the memory.
 */
export function joined(lines: readonly string[], depth: number): string {
  return lines.join(`\n${"    ".repeat(depth)}`);
}
