import type { SyntaxTree } from "../../../grammar/syntax-tree.ts";
import type { PageLine } from "./page.ts";

type OpenLine = Extract<PageLine, { kind: "open" }>;

/** A section whose closing tag the page has lost, and the line after which it belongs. */
export interface LostTag {
  readonly open: OpenLine;
  /** Index of the last line of the section in the lines of the tree. */
  readonly after: number;
}

const conditional = /^if(?:module|define|version)$/i;
const directoryLike = /^(?:directory|location|files)(?:match)?$/i;
/** Chapters of a page are about different machines or files; no section goes on from one to the next. */
const heading = /^[\s!=*#]*(?:step|part|section|chapter|schritt)\s+\d|^\s*(?:!{1,3}|={2,6})\s*\S/i;

/** Nobody nests deeper; every line is compared with all that is open. */
const DEEPEST = 100;

/** The openers that have their closing tag, as tags match when what lies between is unclosed. */
function matchedOpeners(page: readonly PageLine[]): ReadonlySet<OpenLine> {
  const matched = new Set<OpenLine>();
  const open: OpenLine[] = [];
  const counts = new Map<string, number>();
  for (const line of page) {
    if (line.kind === "open") {
      open.push(line);
      counts.set(line.spec.name, (counts.get(line.spec.name) ?? 0) + 1);
    }
    if (line.kind !== "close") continue;
    const isMatch = (one: OpenLine): boolean => one.spec.name.toLowerCase() === line.name.toLowerCase();
    // Counted first, so that many stray tags do not each search all openers.
    if (![...counts].some(([name, count]) => count > 0 && name.toLowerCase() === line.name.toLowerCase())) continue;
    for (let top = open.pop(); top !== undefined; top = open.pop()) {
      counts.set(top.spec.name, (counts.get(top.spec.name) ?? 1) - 1);
      if (!isMatch(top)) continue;
      matched.add(top);
      break;
    }
  }
  return matched;
}

/** Whether a directive of the server's level cannot stand below the section, which therefore ended before it. */
function endsSection(section: OpenLine, line: PageLine): boolean {
  if (!directoryLike.test(section.spec.name)) return false;
  if (line.kind === "directive")
    return line.spec.overrides.length > 0 && line.spec.overrides.every((bit) => bit === "RSRC_CONF");
  return line.kind === "open" && /^(?:virtualhost|directory|location)(?:match)?$/i.test(line.spec.name);
}

/** Whether a conditional opens again inside itself, which would say nothing, or a host inside a host. */
function repeats(tree: SyntaxTree, section: OpenLine, line: PageLine): boolean {
  if (line.kind !== "open" || line.spec.name !== section.spec.name) return false;
  const argument = (one: OpenLine): string => tree.text.slice(one.line.argsStart, one.line.argsEnd);
  return conditional.test(line.spec.name) ? argument(line) === argument(section) : line.spec.name === "VirtualHost";
}

/**
 * The lost closing tags of a page, in the order in which they must be written, inner ones first. A section ends after its
 * last line of configuration: before the next heading, before what cannot stand in it, or at the end of the page.
 */
export function lostTags(tree: SyntaxTree, page: readonly PageLine[]): readonly LostTag[] {
  const matched = matchedOpeners(page);
  const lost: LostTag[] = [];
  const open: OpenLine[] = [];
  let last = -1;
  /** Closes the open sections down to that depth; those with a tag of their own wait for it, and all below them. */
  const closeTo = (depth: number): void => {
    const from = Math.max(depth, open.findLastIndex((one) => matched.has(one)) + 1);
    for (const one of open.splice(from).reverse()) lost.push({ open: one, after: last });
  };
  for (const line of page) {
    if (line.kind === "text") {
      if (heading.test(tree.text.slice(line.line.start, Math.min(line.line.end, line.line.start + 200)))) closeTo(0);
      continue;
    }
    if (line.kind === "close") {
      const at = open.findLastIndex(
        (one) => matched.has(one) && one.spec.name.toLowerCase() === line.name.toLowerCase(),
      );
      if (at >= 0) {
        closeTo(at + 1);
        open.length = at;
      }
    } else {
      const ended = open.findIndex((one) => !matched.has(one) && (endsSection(one, line) || repeats(tree, one, line)));
      if (ended >= 0) closeTo(ended);
    }
    last = line.index;
    if (line.kind === "open" && open.length < DEEPEST) open.push(line);
  }
  closeTo(0);
  return lost;
}
