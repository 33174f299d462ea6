import { argsText } from "../../grammar/logical-line.ts";
import type { CloseTag, Line, OpenTag, SyntaxTree } from "../../grammar/syntax-tree.ts";

/** What a macro does to the sections around its Use: tags of which it has no other half. Names may be parameters. */
interface MacroTags {
  readonly parameters: readonly string[];
  /** Sections that it closes, innermost first, and those that it leaves open, outermost first. */
  readonly closes: readonly string[];
  readonly opens: readonly string[];
}

/** A macro while its text is read. */
interface MacroBody {
  readonly name: string;
  readonly parameters: readonly string[];
  /** How many sections are open in it that are not its own. */
  readonly floor: number;
}

/** Deeper nests are no configuration of somebody who reads it. */
const MOST_OPEN = 10_000;

/**
 * How many sections each line lies in, as {@link depthsOf} has it, where macros of the text open or close sections around their
 * Use; null when none does. Macros of other files are not known here.
 */
export function macroDepths(tree: SyntaxTree): readonly number[] | null {
  if (tree.dialect === "1.3" || !/<\s*macro/i.test(tree.text)) return null;
  const macros = new Map<string, MacroTags>();
  const open: string[] = [];
  const macro: { body: MacroBody | null } = { body: null };
  let closes: string[] = [];
  const uses = { count: 0 };
  const close = (name: string): boolean => {
    const at = open.lastIndexOf(name);
    if (at === -1 || at < (macro.body?.floor ?? 0)) return false;
    open.length = at;
    return true;
  };
  const depths = tree.lines.map((line): number => {
    const depth = open.length;
    if (open.length > MOST_OPEN) return depth;
    if (line.kind === "open") {
      const name = line.name.toLowerCase();
      if (name === "macro" && macro.body === null) {
        const [own = "", ...parameters] = wordsOf(tree, line);
        macro.body = { name: own.toLowerCase(), parameters, floor: depth + 1 };
        closes = [];
      }
      open.push(name);
      return depth;
    }
    if (line.kind === "close") {
      const name = line.name.toLowerCase();
      if (name === "macro" && macro.body !== null) {
        const { body } = macro;
        const opens = open.slice(body.floor);
        macros.set(body.name, { parameters: body.parameters, closes, opens });
        open.length = body.floor - 1;
        macro.body = null;
      } else if (!close(name) && macro.body !== null) closes.push(name);
      return Math.min(depth, open.length);
    }
    if (line.kind !== "directive" || line.name.toLowerCase() !== "use") return depth;
    const [called = "", ...values] = wordsOf(tree, line);
    const used = macros.get(called.toLowerCase());
    if (used === undefined || used.closes.length + used.opens.length === 0) return depth;
    uses.count += 1;
    const named = (name: string): string => {
      const at = used.parameters.findIndex((parameter) => parameter.toLowerCase() === name);
      return at === -1 ? name : (values[at] ?? name).toLowerCase();
    };
    for (const name of used.closes.map(named)) {
      if (!close(name) && macro.body !== null) closes.push(name);
    }
    const own = Math.min(depth, open.length);
    open.push(...used.opens.map(named));
    return own;
  });
  return uses.count > 0 ? depths : null;
}

function wordsOf(
  tree: SyntaxTree,
  line: Line & { readonly kind: (OpenTag | CloseTag)["kind"] | "directive" },
): readonly string[] {
  return argsText(tree, line)
    .text.replace(/>\s*$/, "")
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => word.replace(/^"(.*)"$/, "$1"));
}
