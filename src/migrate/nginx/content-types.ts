import type { Dialect, TableDirective } from "../../compile/table.ts";
import { isProgramType } from "../apache24/handlers.ts";
import { lastNamed, linesNamed } from "../site/effective.ts";
import type { LineOutcomes } from "../site/line-outcomes.ts";
import type { SharedVariables } from "./shared-variables.ts";
import { block, quote } from "./words.ts";

const mimeTypes = "include /etc/nginx/mime.types;";

const extensionOf = (word: string): string => word.replace(/^\./, "").toLowerCase();

/** Media types, with parameters or not, that nginx takes as they are. */
const isType = (word: string): boolean => /^[\w.+-]+\/[\w.+-]+(?:; ?[\w-]+=[\w.:-]+)*$/.test(word);

/** What files are sent as: the table of extensions, and the type of those that it has nothing for. Both always say something. */
export interface Types {
  readonly types: readonly string[];
  readonly rest: readonly string[];
}

/** Writes ForceType, AddType and DefaultType; anew only for other lines, as most hosts have just the main server's. */
export class TypeLines {
  readonly #dialect: Dialect;
  readonly #outcomes: LineOutcomes;
  /** What came of other lines before. */
  readonly #known: { readonly lists: readonly (readonly TableDirective[])[]; readonly types: Types }[] = [];

  constructor(dialect: Dialect, outcomes: LineOutcomes) {
    this.#dialect = dialect;
    this.#outcomes = outcomes;
  }

  of(effective: readonly TableDirective[]): Types {
    const lists = names.map((name) => linesNamed(effective, name));
    const before = this.#known.find((one) => one.lists.every((list, index) => hasSameLines(list, lists[index] ?? [])));
    if (before !== undefined) return before.types;
    const [added = [], ...others] = lists;
    const lines = [added.filter(({ args }) => !isProgramType(args[0] ?? "")), ...others].flat();
    const types = typesOf(lines, this.#dialect, this.#outcomes);
    this.#known.unshift({ lists, types });
    this.#known.length = Math.min(this.#known.length, MOST_REMEMBERED);
    return types;
  }
}

const names = ["addtype", "forcetype", "defaulttype"] as const;
/** Lists of the lines that say types: a site has the main server's, and those of a few sections. */
const MOST_REMEMBERED = 8;

/** A line has its words in common with all that is merged of it. */
function hasSameLines(one: readonly TableDirective[], other: readonly TableDirective[]): boolean {
  return (
    one === other ||
    (one.length === other.length &&
      one.every(({ args, name }, index) => {
        const line = other[index];
        return line?.args === args && line.name === name;
      }))
  );
}

function typesOf(effective: readonly TableDirective[], dialect: Dialect, outcomes: LineOutcomes): Types {
  const added = linesNamed(effective, "addtype");
  const forced = lastNamed(effective, "forcetype");
  if (forced !== undefined && isType(forced.args[0] ?? "")) {
    const lines = ["types { }", `default_type ${quote(forced.args[0] ?? "")};`];
    outcomes.write([forced], lines, "one type for all");
    outcomes.rest(added, "ForceType counts before it");
    return { types: lines.slice(0, 1), rest: lines.slice(1) };
  }
  if (forced !== undefined) {
    if (forced.args[0]?.toLowerCase() === "none") outcomes.write([forced], [mimeTypes], "types by extensions again");
    else outcomes.drop([forced], "no type of nginx");
  }
  const byExtension = new Map<string, string>();
  for (const line of added) {
    const [type = "", ...words] = line.args;
    const extensions = words.map(extensionOf);
    if (!isType(type) || !extensions.every((one) => /^[\w+-]+$/.test(one))) {
      outcomes.drop([line], "no type or extension of nginx");
      continue;
    }
    for (const one of extensions) byExtension.set(one, type);
    outcomes.write([line], [`${quote(type)} ${extensions.join(" ")};`], "among the types");
  }
  const said = lastNamed(effective, "defaulttype")?.args[0] ?? "";
  // A file that no type is known for is a text until 2.2.
  const plain = dialect === "2.4" ? "application/octet-stream" : "text/plain";
  const rest = [`default_type ${isType(said) ? quote(said) : plain};`];
  if (byExtension.size === 0) return { types: [mimeTypes], rest };
  const byType = new Map<string, string[]>();
  for (const [extension, type] of byExtension) {
    const extensions = byType.get(type);
    if (extensions === undefined) byType.set(type, [extension]);
    else extensions.push(extension);
  }
  const types = [...byType].map(([type, extensions]) => `${quote(type)} ${extensions.join(" ")};`);
  // Types of a block count in the place of all around it.
  return { types: [mimeTypes, ...block("types", types)], rest };
}

/** Writes AddDefaultCharset and AddCharset. */
export function charsetLines(
  effective: readonly TableDirective[],
  outcomes: LineOutcomes,
  variables: SharedVariables,
): readonly string[] {
  const line = lastNamed(effective, "adddefaultcharset");
  const word = line?.args[0] ?? "off";
  const isWord = /^[\w.:-]+$/.test(word);
  const charset = /^on$/i.test(word) ? "iso-8859-1" : /^off$/i.test(word) || !isWord ? null : word;
  if (line !== undefined && !isWord) outcomes.drop([line], "no name of a charset");
  const rows: string[] = [];
  const added = linesNamed(effective, "addcharset");
  // Of several lines for an extension the last one counts, and the first row of a map.
  for (const one of added.toReversed()) {
    const [name = "", ...words] = one.args;
    const extensions = words.map(extensionOf).filter((own) => /^[\w+.-]+$/.test(own));
    if (!/^[\w.:-]+$/.test(name) || extensions.length < words.length) outcomes.drop([one], "no name of a charset");
    else {
      const list = extensions.map((own) => own.replace(/[.+]/g, "\\$&")).join("|");
      const row = `${quote(`~*\\.(?:${list})(?:\\.[^/]*)?$`)} ${name};`;
      rows.push(row);
      outcomes.write([one], [row], "by the names of files");
    }
  }
  if (rows.length === 0) {
    const lines =
      charset === null
        ? line === undefined
          ? []
          : ["charset off;"]
        : [`charset ${charset};`, "charset_types text/plain;"];
    if (line !== undefined && isWord) outcomes.write([line], lines, "for texts and pages");
    return lines;
  }
  const rest = charset === null ? [] : [`"~^text/(?:html|plain)[;|]" ${charset};`];
  const variable = variables.define("map", '"$sent_http_content_type|$uri"', "charset", [
    "volatile;",
    'default "";',
    ...rows,
    ...rest,
  ]);
  const lines = [`charset ${variable};`, "charset_types *;"];
  if (line !== undefined && isWord) outcomes.write([line], lines, "for texts and pages");
  return lines;
}
