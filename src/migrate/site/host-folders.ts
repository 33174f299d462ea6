import type { TableDirective } from "../../compile/table.ts";
import { UNKNOWN } from "./url-pattern.ts";

/** A part of a name of a host. */
export interface HostPart {
  /** Expressions on the name, of which the first that matches gives the part in its group `part`. */
  readonly pattern: string;
}

/** A folder that names of hosts give. */
export interface HostFolder {
  readonly parts: readonly (
    { readonly kind: "text"; readonly text: string } | ({ readonly kind: "part" } & HostPart)
  )[];
  /** Without a slash at its end, with a sign for what is not known. */
  readonly folder: string;
}

interface FolderLine {
  readonly directive: TableDirective;
  readonly isScript: boolean;
  readonly folder: HostFolder | { readonly why: string };
}

/** The lines of mod_vhost_alias that count in a host, the one for programs first; `levels` are its own and the server's. */
export function hostFolders(levels: readonly (readonly TableDirective[])[]): readonly FolderLine[] {
  return (["virtualscriptalias", "virtualdocumentroot"] as const).flatMap((key): readonly FolderLine[] => {
    for (const lines of levels) {
      const directive = lines.findLast(({ name }) => name.toLowerCase().replace(/ip$/, "") === key);
      if (directive === undefined) continue;
      const [word = ""] = directive.args;
      if (word.toLowerCase() === "none") return [];
      const isScript = key === "virtualscriptalias";
      const folder = /ip$/i.test(directive.name)
        ? { why: "it takes the folder from the address, not from the name" }
        : readFolder(word);
      return [{ directive, isScript, folder }];
    }
    return [];
  });
}

/**
 * Reads a folder with `%0`, `%2`, `%-2+`, `%1.3` and the like; parts that a name does not have are `_`.
 * httpd mod_vhost_alias.c vhost_alias_interpolate
 */
function readFolder(word: string): HostFolder | { readonly why: string } {
  const text = word.replace(/\/+$/, "");
  if (!text.startsWith("/") || /["$\\\x00-\x1f\x7f]|\/\.\.?(?:\/|$)|\/\//.test(text))
    return { why: "it names no folder by its whole path" };
  const parts: HostFolder["parts"][number][] = [];
  for (const [piece, first, firstPlus, second, secondPlus] of text.matchAll(
    /%%|%(-?\d)(\+?)(?:\.(-?\d)(\+?))?|[^%]+|%/g,
  )) {
    if (piece === "%%") parts.push({ kind: "text", text: "%" });
    else if (first !== undefined) {
      const pattern = partPattern(Number(first), firstPlus === "+", second, secondPlus === "+");
      if (pattern === null) return { why: "it takes a part of the name that has no expression" };
      parts.push({ kind: "part", pattern });
    } else if (piece.startsWith("%")) return { why: "it holds the port or what nobody knows" };
    else parts.push({ kind: "text", text: piece });
  }
  // A name of dots alone would lead up; a part beside a dot could be one.
  const shape = parts.map((part) => (part.kind === "text" ? part.text : UNKNOWN)).join("");
  return { parts, folder: shape };
}

/** Names have no empty parts and no slash, since servers refuse both. */
function partPattern(number: number, isOpen: boolean, letter: string | undefined, isRest: boolean): string | null {
  const count = Math.abs(number) - 1;
  const some = (times: number, text: string): string => (times === 0 ? "" : `(?:${text}){${times}}`);
  const body =
    letter === undefined
      ? { one: "(?<backhand_part>[^.]+)", more: "(?<backhand_part>.+)" }
      : letterPattern(Number(letter), isRest);
  if (body === null) return null;
  if (number === 0) return `^${body.more}$`;
  if (number > 0)
    return isOpen ? `^${some(count, "[^.]+\\.")}${body.more}$` : `^${some(count, "[^.]+\\.")}${body.one}(?:\\.|$)`;
  return isOpen ? `^${body.more}${some(count, "\\.[^.]+")}$` : `(?:^|\\.)${body.one}${some(count, "\\.[^.]+")}$`;
}

function letterPattern(number: number, isRest: boolean): { readonly one: string; readonly more: string } | null {
  if (number === 0) return isRest ? null : { one: "(?<backhand_part>[^.]+)", more: "(?<backhand_part>.+)" };
  const before = Math.abs(number) - 1;
  const make = (any: string): string => {
    const some = before === 0 ? "" : `${any}{${before}}`;
    if (number > 0) return isRest ? `${some}(?<backhand_part>${any}+)` : `${some}(?<backhand_part>${any})${any}*`;
    return isRest ? `(?<backhand_part>${any}+)${some}` : `${any}*(?<backhand_part>${any})${some}`;
  };
  return { one: make("[^.]"), more: make(".") };
}
