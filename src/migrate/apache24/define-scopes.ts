import type { ActiveNode } from "../../config/active-config.ts";
import type { SourceLines, SourceText } from "../source-lines.ts";

/** The IfDefine sections around something, outermost first: `SSL`, `!SSL`. */
export type Scopes = readonly string[];

/** Says under which IfDefine sections a line stands, those around its Include included. */
export interface DefineScopes {
  readonly of: (node: ActiveNode) => Scopes;
  /** Every way in which the names around some lines can be given and not, as tests of one line. */
  readonly starts: (nodes: readonly ActiveNode[]) => readonly Start[];
}

/** A start of the server with some -D names. */
export interface Start {
  /** A name, or a name that is not given, behind an exclamation mark. */
  readonly given: Scopes;
  readonly has: (node: ActiveNode) => boolean;
}

const none: Scopes = [];

/** Of more names only each alone, all and none are looked at. */
const MOST_NAMES = 4;

/** Looks through the text for IfDefine sections. */
export function defineScopes(source: SourceLines): DefineScopes {
  const byFile = new Map<SourceText, readonly Scopes[]>();
  const indexes = new Map<SourceText, ReadonlyMap<unknown, number>>();
  const scopesAt = (node: ActiveNode): Scopes => {
    const line = node.origin === null ? null : source.at(node.origin.expandedFrom ?? node.origin);
    const scopes = line === null ? undefined : byFile.get(line.file);
    if (line === null || scopes === undefined) return none;
    let index = indexes.get(line.file);
    if (index === undefined) {
      index = new Map(line.file.lines.map((one, at) => [one, at]));
      indexes.set(line.file, index);
    }
    return scopes[index.get(line) ?? -1] ?? none;
  };
  // A file stands behind the one that includes it.
  for (const file of source.files) {
    const { via } = file.reading;
    const around = via === null ? null : source.at(via);
    const outer = around?.node ? scopesAt(around.node) : none;
    const hasAny = file.lines.some(({ line }) => line.kind === "open" && line.name.toLowerCase() === "ifdefine");
    if (hasAny) byFile.set(file, scopesIn(file, outer));
    else if (outer.length > 0)
      byFile.set(
        file,
        file.lines.map(() => outer),
      );
  }
  if (byFile.size === 0) return { of: () => none, starts: () => [{ given: none, has: () => true }] };
  return {
    of: scopesAt,
    starts: (nodes) => {
      const names = [...new Set(nodes.flatMap((node) => scopesAt(node).map(nameOf)))];
      return combinations(names).map((given) => ({
        given: names.map((name) => (given.has(name) ? name : `!${name}`)),
        has: (node) => scopesAt(node).every((scope) => given.has(nameOf(scope)) !== scope.startsWith("!")),
      }));
    },
  };
}

const nameOf = (scope: string): string => scope.replace(/^!/, "");

function scopesIn(file: SourceText, outer: Scopes): readonly Scopes[] {
  const open: Scopes[] = [outer];
  return file.lines.map(({ line, text, active }) => {
    const here = open.at(-1) ?? outer;
    if ((line.kind !== "open" && line.kind !== "close") || line.name.toLowerCase() !== "ifdefine" || !active)
      return here;
    if (line.kind === "close") {
      if (open.length > 1) open.pop();
      return open.at(-1) ?? outer;
    }
    const [, not = "", name = ""] = /<\w+\s+(!?)\s*"?([^"\s>]+)/.exec(text) ?? [];
    open.push([...here, not + name]);
    return here;
  });
}

function combinations(names: readonly string[]): readonly ReadonlySet<string>[] {
  if (names.length > MOST_NAMES) return [new Set(), new Set(names), ...names.map((name) => new Set([name]))];
  return Array.from(
    { length: 2 ** names.length },
    (_, bits) => new Set(names.filter((__, index) => ((bits >> index) & 1) === 1)),
  );
}

/** Whether one scope holds whenever another one does: `sure`; never: `never`. */
export function scopeRelation(one: Scopes, other: Scopes): "sure" | "maybe" | "never" {
  if (one.length === 0) return "sure";
  const opposite = (scope: string): string => (scope.startsWith("!") ? scope.slice(1) : `!${scope}`);
  if (one.some((scope) => other.includes(opposite(scope)))) return "never";
  return one.every((scope) => other.includes(scope)) ? "sure" : "maybe";
}
