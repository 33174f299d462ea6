import type { OpenTag } from "../../grammar/syntax-tree.ts";
import type { Origin } from "./active-config.ts";
import { addSection } from "./add-nodes.ts";
import { contextProblem } from "./contexts.ts";
import { narrowLimit } from "./limits.ts";
import { takeProviderAlias } from "./module-needs.ts";
import { MAX_SECTION_DEPTH, originOf, report, type OpenSection, type Place, type Statement } from "./reading-state.ts";
import type { Walk } from "./walk-2x.ts";

/** Adds a section to its place and says what is wrong with it: the place of its text, or null when it is nested too deep. */
export function beginSection(walk: Walk, place: Place, open: OpenTag, statement: Statement): Place | null {
  const { state } = walk;
  if (place.parent.depth >= MAX_SECTION_DEPTH) {
    const message = `Sections are nested more than ${MAX_SECTION_DEPTH} deep`;
    if (!walk.tooDeep) report(state, "misplaced-section", true, originOf(place, open), message);
    walk.tooDeep = true;
    return null;
  }
  const section = addSection(state, place, open, statement);
  const origin = originOf(place, open);
  const misplaced = contextProblem(section);
  if (misplaced !== null) report(state, "misplaced-section", true, origin, misplaced);
  else if (["if", "elseif", "else"].includes(section.key)) checkBranch(walk, place.parent, section, origin);
  const malformed = open.bracket === -1 ? null : argumentsOf(section);
  if (malformed !== null) report(state, "malformed-tag", true, origin, malformed);
  if (section.key === "authnprovideralias" || section.key === "authzprovideralias") takeProviderAlias(state, section);
  if (section.key !== "limit" && section.key !== "limitexcept") return { ...place, parent: section };
  const kind = section.key === "limit" ? "Limit" : "LimitExcept";
  const methods = section.words.map((word) => word.value.toUpperCase());
  const limit = narrowLimit(place.limit, kind, methods, origin);
  if (limit === null) {
    report(state, "misplaced-section", true, origin, `<${section.name}> excludes all methods: no method is left here`);
  }
  return { ...place, limit: limit ?? { kind, methods, origin } };
}

/**
 * An ElseIf or Else goes with the last If or ElseIf of the same section, whatever stands between.
 * 2.4 server/core.c ifsection
 */
function checkBranch(walk: Walk, parent: OpenSection, section: OpenSection, origin: Origin): void {
  const before = walk.lastBranch.get(parent);
  walk.lastBranch.set(parent, section.key);
  if (section.key === "if" || before === "if" || before === "elseif") return;
  const message = `<${section.name}> needs an <If> or <ElseIf> before it in the same section`;
  report(walk.state, "misplaced-section", true, origin, message);
}

/** Sections that need an argument, and those that take none. */
const needsArgument: ReadonlySet<string> = new Set(
  "virtualhost directory directorymatch location locationmatch files filesmatch limit limitexcept if elseif".split(" "),
);
const takesNone: ReadonlySet<string> = new Set(["requireall", "requireany", "requirenone", "else"]);
const onePath: ReadonlySet<string> = new Set(
  "directory directorymatch location locationmatch files filesmatch proxy proxymatch if elseif".split(" "),
);

/** What httpd 2.x says of a tag with too few or too many words, or null. */
function argumentsOf(section: OpenSection): string | null {
  const { key, name, words, spec } = section;
  if (spec === null) return null;
  if (needsArgument.has(key) && words.length === 0) return `<${name}> needs an argument`;
  if (takesNone.has(key) && words.length > 0) return `<${name}> takes no argument`;
  const paths = words[0]?.value === "~" && !key.endsWith("if") ? words.length - 1 : words.length;
  return onePath.has(key) && paths > 1 ? `Multiple <${name}> arguments are not supported` : null;
}
