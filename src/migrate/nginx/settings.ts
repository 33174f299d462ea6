import type { Dialect, RoutingTable, TableDirective } from "../../compile/table.ts";
import { lastNamed, linesNamed } from "../site/effective.ts";

/** Lines of a server or location by what they are about; lines of one kind replace those of the block around. */
export type Settings = ReadonlyMap<string, readonly string[]>;

/** What may stand behind `index` as it is. */
const INDEX_FILE = /^[\w.-][\w./-]*$/;

/** Whether an index file of the old configuration can be written down. */
export function isIndexFile(name: string): boolean {
  return INDEX_FILE.test(name);
}

function indexLines(effective: readonly TableDirective[]): readonly string[] {
  const lines = linesNamed(effective, "directoryindex");
  if (lines.length === 0) return [];
  const all = lines.flatMap(({ args }) => args);
  const files = all.slice(all.findLastIndex((name) => name.toLowerCase() === "disabled") + 1).filter(isIndexFile);
  // nginx takes index.html where nothing is said; a name that no file has says it.
  return [`index ${files.length === 0 ? ".no-index" : [...new Set(files)].join(" ")};`];
}

/** Whether folders without an index file are listed: until 2.2 they are unless something is said. */
function listsFolders(effective: readonly TableDirective[], dialect: Dialect): boolean {
  let lists = dialect !== "2.4";
  for (const { args } of linesNamed(effective, "options")) {
    if (args.some((word) => !/^[+-]/.test(word))) lists = false;
    for (const word of args) {
      const option = word.replace(/^[+-]/, "").toLowerCase();
      if (option === "indexes" || option === "all") lists = !word.startsWith("-");
      if (option === "none") lists = false;
    }
  }
  return lists;
}

function bodyLimit(effective: readonly TableDirective[]): readonly string[] {
  const word = lastNamed(effective, "limitrequestbody")?.args[0];
  return word !== undefined && /^\d{1,10}$/.test(word) ? [`client_max_body_size ${word};`] : [];
}

/** By effective directives, which many locations share. */
const known = new WeakMap<readonly TableDirective[], Settings>();

/** What the effective directives of a host or a part of it come to, access and content aside. */
export function settingsOf(effective: readonly TableDirective[], table: RoutingTable): Settings {
  const before = known.get(effective);
  if (before !== undefined) return before;
  const index = indexLines(effective);
  const autoindex = listsFolders(effective, table.apache) ? ["autoindex on;"] : [];
  const body = bodyLimit(effective);
  const key = JSON.stringify([index, autoindex, body]);
  const found =
    same.get(key) ??
    new Map<string, readonly string[]>([
      ["index", index],
      ["autoindex", autoindex],
      ["body", body],
    ]);
  if (same.size < MOST_REMEMBERED) same.set(key, found);
  known.set(effective, found);
  return found;
}

/** By what they are: most places have one of a few. */
const same = new Map<string, Settings>();
const MOST_REMEMBERED = 1000;

/** What takes a setting of the block around back, where nothing is said. */
const defaults: Readonly<Record<string, readonly string[]>> = {
  error_page: ["error_page 599 /;"],
  intercept: ["proxy_intercept_errors off;"],
  // A line of its own is all that it takes: those of the block around do not count then, and an empty field is not sent.
  add: ['add_header X-Nothing "";'],
  expires: ["expires off;"],
  gzip: ["gzip off;"],
  etag: ["etag on;"],
  hide: ["proxy_hide_header X-Nothing;"],
  index: ["index index.html;"],
  autoindex: ["autoindex off;"],
  charset: ["charset off;"],
  body: ["client_max_body_size 0;"],
};

/** What was found last: thousands of locations have the same settings inside of the same ones. */
const differing = new WeakMap<Settings, { readonly inherited: Settings; readonly lines: readonly string[] }>();

/** The lines that a block needs beside those of the one around it. */
export function differingSettings(own: Settings, inherited: Settings): readonly string[] {
  const before = differing.get(own);
  if (before?.inherited === inherited) return before.lines;
  const lines = linesBeside(own, inherited);
  differing.set(own, { inherited, lines });
  return lines;
}

function linesBeside(own: Settings, inherited: Settings): readonly string[] {
  if (own === inherited) return [];
  const found: string[] = [];
  for (const [key, lines] of own) {
    const before = inherited.get(key) ?? [];
    if (lines === before || (lines.length === before.length && lines.every((line, index) => line === before[index])))
      continue;
    found.push(...(lines.length === 0 ? (defaults[key] ?? []) : lines));
  }
  return found;
}
