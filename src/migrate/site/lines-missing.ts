import type { TableDirective } from "../../compile/table.ts";
import { lost, type Verdict } from "../verdict.ts";

/**
 * Of lines about access those that ask for what a target cannot ask (`group staff`, as behind Require); all of them where
 * none can be told apart.
 */
export function linesMissing(lines: readonly TableDirective[], missing: readonly string[]): readonly TableDirective[] {
  const words = new Set(missing.flatMap((one) => one.toLowerCase().split(" ").slice(-1)));
  const providers = new Set(missing.flatMap((one) => one.toLowerCase().split(" ").slice(0, 1)));
  const found = lines.filter(({ name, args }) => {
    const own = args.map((word) => word.toLowerCase());
    if (providers.has(name.toLowerCase())) return true;
    if (name.toLowerCase() === "require") return own.some((word) => providers.has(word));
    return own.some((word) => words.has(word) || words.has(word.replace(/^(?:env=|\.)/, "")));
  });
  return found.length === 0 ? lines : found;
}

/** What is lost with such a line: a Deny may mean anybody, the others let in nobody. */
export function missingVerdict(target: string, { name }: TableDirective, asked: string): Verdict {
  const what =
    name.toLowerCase() === "deny"
      ? "as anybody may be meant, everybody is kept out whom nothing else lets in; write addresses, or take it out"
      : "who was let in by that is kept out";
  return lost(`${target} cannot ask for ${asked}: ${what}`);
}
