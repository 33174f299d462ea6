import type { DirectiveLine, OpenTag } from "../../grammar/syntax-tree.ts";
import type { ActiveDirective, ActiveNode } from "./active-config.ts";
import { ReadDirective } from "./read-directive.ts";
import { findSpec, originOf, type OpenSection, type Place, type ReadState, type Statement } from "./reading-state.ts";

/** Adds a directive to its place and counts it; without a statement the line as it is written. */
export function addDirective(
  state: ReadState,
  place: Place,
  line: DirectiveLine,
  statement: Statement | null,
): ActiveDirective {
  const found = findSpec(state, statement === null ? line.name : statement.name, false);
  const directive = new ReadDirective(place, line, statement, found);
  addNode(state, place, directive, found.spec !== null);
  return directive;
}

/** Adds a section to its place and counts it. */
export function addSection(state: ReadState, place: Place, line: OpenTag, statement: Statement): OpenSection {
  const { key, spec, unknown } = findSpec(state, statement.name, true);
  const section: OpenSection = {
    kind: "section",
    key,
    name: statement.name,
    words: statement.words,
    rawArgs: statement.rawArgs,
    spec,
    unknown,
    parent: place.parent,
    limit: place.limit,
    children: [],
    origin: originOf(place, line),
    depth: place.parent.depth + 1,
  };
  addNode(state, place, section, spec !== null);
  return section;
}

function addNode(state: ReadState, place: Place, node: ActiveNode, understood: boolean): void {
  place.parent.children.push(node);
  state.directives += 1;
  if (understood) state.understood += 1;
}
