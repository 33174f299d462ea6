import type { Dialect, RoutingTable, TableDirective } from "../../compile/table.ts";
import { folderOfUser, userFolderSettings } from "../../routing/user-folders.ts";
import type { PatternMapping } from "./host-mappings.ts";
import { readFilling } from "./pattern-mapping.ts";
import { escaped } from "./url-pattern.ts";

/** Where homes of users lie on nearly every machine; only the old one itself knows them. */
export const HOMES = "/home";

/** The table with homes where targets take them to lie, for UserDir lines that name a folder in each home. */
export function withHomes(table: RoutingTable): RoutingTable {
  const isInHome = ({ name, args: [word = "", ...more] }: TableDirective): boolean =>
    name.toLowerCase() === "userdir" && more.length === 0 && /^(?!(?:en|dis)abled?$)[^/:*]+$/i.test(word);
  if (!table.hosts.some(({ directives }) => directives.some(isInHome))) return table;
  const moved = (line: TableDirective): TableDirective =>
    isInHome(line) ? { ...line, args: [`${HOMES}/*/${line.args[0] ?? ""}`] } : line;
  return { ...table, hosts: table.hosts.map((host) => ({ ...host, directives: host.directives.map(moved) })) };
}

/** UserDir lines of a host and of the main server: the mapping, and the lines that say for whom it is. */
export function userMapping(
  [own, main]: readonly [readonly TableDirective[], readonly TableDirective[]],
  dialect: Dialect,
  stem: string,
): { readonly mapping: PatternMapping | null; readonly others: readonly TableDirective[] } {
  const [first, second] = [userFolderSettings(own), userFolderSettings(main)];
  const lines = [...own, ...main].filter(({ name }) => name.toLowerCase() === "userdir");
  const directive = first.directive ?? second.directive;
  if (directive === null) return { mapping: null, others: lines };
  const others = lines.filter((line) => line !== directive);
  const isDisabled = first.isDisabled ?? second.isDisabled ?? false;
  const disabled = [...(first.disabled ?? second.disabled ?? [])];
  const enabled = [...(first.enabled ?? second.enabled ?? [])];
  if (isDisabled && enabled.length === 0) return { mapping: null, others: lines };
  const names = (list: readonly string[]): string => `(?:${list.map(anyCase).join("|")})(?:/|$)`;
  const guards = [
    ...(disabled.length === 0 ? [] : [`(?!${names(disabled)})`]),
    ...(isDisabled ? [`(?=${names(enabled)})`] : []),
    "(?!.?\\.\\.?(?:/|$))",
  ].join("");
  const isWritable = [...disabled, ...enabled].every((name) => /^[\w.@+-]+$/.test(name));
  const pattern = `^/~${guards}[^/]+(?:/|$)`;
  const matches = (path: string): boolean => {
    const user = /^\/~([^/]+)/.exec(path)?.[1]?.toLowerCase();
    if (user === undefined || /^.?\.\.?$/.test(user) || disabled.includes(user)) return false;
    return !isDisabled || enabled.includes(user);
  };
  const lost = (why: string): ReturnType<typeof userMapping> => ({
    mapping: { directive, pattern: isWritable ? pattern : "^/~", matches, to: { kind: "lost", why } },
    others,
  });
  if (!isWritable) return lost("it names users with characters that have another meaning there");
  const [word = "", ...more] = directive.args;
  if (more.length > 0) return lost("which of several folders a user has is only known where they are");
  const found = folderOfUser(word, "$1", "", dialect, { homeOf: (user) => `${HOMES}/${user}` });
  if (found === null) return lost("it names no folder");
  const expression = `^/~${guards}([^/]+)(/.*)?$`;
  if ("location" in found) {
    const target = `${found.location}$2`;
    if (/[\s"'\\;{}?\x7f-\uffff]/.test(target) || !/^[a-z]+:\/\//i.test(target) || /\$(?![12])/.test(target))
      return lost("its address holds characters that have another meaning there");
    const text = `^/~${guards}([^/]+)((?s:/.*)?)$`;
    const redirect = {
      status: 302,
      pattern: text,
      from: null,
      target,
      keepsQuery: false,
      mends: null,
      isBounded: false,
      directive,
    };
    return { mapping: { directive, pattern, matches, to: { kind: "address", redirect } }, others };
  }
  const filling = readFilling({ args: [expression, `${found.filename}$2`] }, "2.4", stem);
  if ("why" in filling) return lost(filling.why);
  return {
    mapping: { directive, pattern: filling.pattern, matches, to: { kind: "folder", filling, isScript: false } },
    others,
  };
}

function anyCase(name: string): string {
  return escaped(name).replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
}
