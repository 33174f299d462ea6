/** A text that a shell pattern matches: `*` stands for nothing much, `?` for one character, a class for its first member. */
export function globSample(pattern: string): string {
  return pattern.replace(
    /\\(.)|\[([!^]?)\]?([^\]])[^\]]*\]|[*?]/g,
    (_whole, escaped?: string, not?: string, first?: string) => {
      if (escaped !== undefined) return escaped;
      if (first === undefined) return "x";
      if (not === "") return first;
      return first === "x" ? "y" : "x";
    },
  );
}
