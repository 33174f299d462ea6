import type { Dialect } from "../dialect.ts";
import { directives as apache13, modules as modules13 } from "./apache13.ts";
import { directives as apache24, modules as modules24 } from "./apache24.ts";
import { apache2x, olderModules, olderThanDated, youngerModules, youngerThan20, youngerThanDated } from "./apache2x.ts";
import { modBackhand, modBackhandNg } from "./backhand.ts";
import type { DirectiveSpec } from "./directive-spec.ts";
import type { DirectiveTable, ModuleSpec, ModuleStatus } from "./directive-table.ts";
import { luaSectionTable } from "./lua-sections.ts";
import { readEntry, readRow, sinceOf } from "./rows.ts";
import { thirdParty } from "./third-party.ts";
import { thirdPartyNames } from "./third-party-names.ts";

/** An entry of a table that is read when somebody asks for it: a command needs fifty of two thousand. */
interface Entry {
  /** Lower-case name, sections with a leading `<`. */
  readonly key: string;
  readonly module: string;
  /** A row of a generated table, or an entry of a hand-written one. */
  readonly kind: "row" | "entry";
  readonly text: string;
}

function readSpec({ kind, text, module }: Entry): DirectiveSpec {
  return kind === "row" ? readRow(text) : readEntry(text, module);
}

/** All that one httpd line knows. */
interface Knowledge {
  readonly entries: readonly Entry[];
  /** Several where a name lives in several modules. */
  readonly byName: ReadonlyMap<string, readonly Entry[]>;
  /** All that the entries say, once somebody wants it. */
  all?: readonly DirectiveSpec[];
  /** What was asked for so far. */
  readonly read: Map<string, readonly DirectiveSpec[]>;
  readonly modules: readonly ModuleSpec[];
  /** By name, file and identifier; file names and identifiers are compared with their case, as httpd does. */
  readonly moduleByName: ReadonlyMap<string, ModuleSpec>;
  /** By file and by identifier, once somebody asks: some modules share theirs. */
  modulesByFile?: ReadonlyMap<string, readonly ModuleSpec[]>;
}

const known = new Map<Dialect, Knowledge>();

/**
 * What a dialect knows under a name (any case, without `<`), section or directive; only the specs of modules for which
 * `isModuleActive` (given {@link DirectiveSpec.module}) holds. Empty when the name is unknown there.
 */
export function lookupDirective(
  dialect: Dialect,
  name: string,
  isSection: boolean,
  isModuleActive?: (module: string) => boolean,
): readonly DirectiveSpec[] {
  const { byName, read } = knowledge(dialect);
  const key = (isSection ? "<" : "") + name.toLowerCase();
  let specs = read.get(key);
  if (specs === undefined) {
    const entries = byName.get(key);
    if (entries === undefined) return [];
    specs = entries.map(readSpec);
    read.set(key, specs);
  }
  return isModuleActive === undefined ? specs : specs.filter((spec) => isModuleActive(spec.module));
}

/** Every directive and section that a dialect knows, those of httpd itself first. */
export function directivesOf(dialect: Dialect): readonly DirectiveSpec[] {
  const found = knowledge(dialect);
  found.all ??= found.entries.map(readSpec);
  return found.all;
}

/** Every module that a dialect knows, those of httpd itself first. */
export function modulesOf(dialect: Dialect): readonly ModuleSpec[] {
  return knowledge(dialect).modules;
}

/** The module with this name, source file or identifier (case matters, as in httpd), or null. */
export function findModule(dialect: Dialect, name: string): ModuleSpec | null {
  return knowledge(dialect).moduleByName.get(name) ?? null;
}

/** The modules whose source file or identifier is exactly this name, in the order of {@link modulesOf}. */
export function modulesWithFile(dialect: Dialect, name: string): readonly ModuleSpec[] {
  const found = knowledge(dialect);
  found.modulesByFile ??= byFile(found.modules);
  return found.modulesByFile.get(name) ?? [];
}

function byFile(modules: readonly ModuleSpec[]): ReadonlyMap<string, readonly ModuleSpec[]> {
  const index = new Map<string, ModuleSpec[]>();
  for (const module of modules) {
    for (const name of new Set([module.file, module.identifier])) {
      const list = index.get(name);
      if (list === undefined) index.set(name, [module]);
      else list.push(module);
    }
  }
  return index;
}

/** Tables are indexed when a dialect is first asked for. */
function knowledge(dialect: Dialect): Knowledge {
  let found = known.get(dialect);
  if (found === undefined) {
    found = build(dialect);
    known.set(dialect, found);
  }
  return found;
}

function build(dialect: Dialect): Knowledge {
  const inDialect = (table: DirectiveTable): boolean => table.dialects.includes(dialect);
  const corrections = apache2x.filter(inDialect);
  const hand = [
    ...corrections,
    ...[luaSectionTable, modBackhand, modBackhandNg, ...thirdParty, ...thirdPartyNames].filter(inDialect),
  ];
  const corrected = corrections.flatMap((table) => entriesOf(table, dialect));
  const replaced = new Set(corrected.map((entry) => entry.key));
  const entries = [
    ...recordedEntries(dialect).filter((entry) => !replaced.has(entry.key)),
    ...corrected,
    ...hand.slice(corrections.length).flatMap((table) => entriesOf(table, dialect)),
  ];

  const byName = new Map<string, Entry[]>();
  for (const entry of entries) {
    const list = byName.get(entry.key);
    if (list === undefined) byName.set(entry.key, [entry]);
    else list.push(entry);
  }

  const modules = new Map<string, ModuleSpec>();
  for (const module of [...recordedModules(dialect), ...hand.flatMap((table) => modulesIn(table, dialect))]) {
    if (!modules.has(module.name)) modules.set(module.name, module);
  }
  const moduleByName = new Map<string, ModuleSpec>();
  for (const module of modules.values()) {
    for (const name of [module.name, module.file, module.identifier]) {
      if (name !== "" && !moduleByName.has(name)) moduleByName.set(name, module);
    }
  }
  return { entries, byName, read: new Map(), modules: [...modules.values()], moduleByName };
}

function recordedEntries(dialect: Dialect): readonly Entry[] {
  const rows = dialect === "1.3" ? apache13 : apache24;
  const dated = dialect === "2.0" || dialect === "2.2" ? dialect : null;
  const modules = new Set(dated === null ? [] : recordedModules(dated).map((module) => module.name));
  const entries: Entry[] = [];
  for (const text of rows) {
    const name = text.indexOf("|");
    const module = text.slice(name + 1, text.indexOf("|", name + 1));
    const key = text.slice(0, name).toLowerCase();
    if (dated !== null) {
      if (!modules.has(module) || youngerThanDated.has(key)) continue;
      if (!olderThanDated.has(key) && !isInDialect(sinceOf(text), dated)) continue;
    }
    entries.push({ key, module, kind: "row", text });
  }
  return entries;
}

/** 2.1 became 2.2 and 2.3 became 2.4; a date without a patch level counts for the whole line. */
function isInDialect(since: string, dialect: "2.0" | "2.2"): boolean {
  const minor = Number(/^2\.(\d+)/.exec(since)?.[1] ?? "0");
  return minor <= (dialect === "2.0" ? 0 : 2);
}

function recordedModules(dialect: Dialect): readonly ModuleSpec[] {
  const rows = (dialect === "1.3" ? modules13 : modules24).map((row) => {
    const [name = "", file = "", identifier = "", status = "", since = ""] = row.split("|");
    return { module: { name, file, identifier, status: status as ModuleStatus }, since };
  });
  if (dialect === "1.3" || dialect === "2.4") return rows.map(({ module }) => module);
  return rows
    .filter(({ module, since }) => {
      if (youngerModules.has(module.name) || (dialect === "2.0" && youngerThan20.has(module.name))) return false;
      return olderModules.has(module.name) ? dialect === "2.2" : isInDialect(since, dialect);
    })
    .map(({ module }) => module);
}

function modulesIn(table: DirectiveTable, dialect: Dialect): readonly ModuleSpec[] {
  return table.modules
    .filter((module) => module.dialects === undefined || module.dialects.includes(dialect))
    .map(({ name, identifier, file = `${name}.c`, status = table.status ?? "extension" }) => ({
      name: dialect === "1.3" ? file : name,
      file,
      identifier,
      status,
    }));
}

function entriesOf(table: DirectiveTable, dialect: Dialect): readonly Entry[] {
  const texts = table.directives.flatMap((text) => text.split(","));
  return modulesIn(table, dialect).flatMap(({ name: module }) =>
    texts.map((text): Entry => {
      const blank = text.indexOf(" ");
      const key = (blank === -1 ? text : text.slice(0, blank)).toLowerCase();
      return { key, module, kind: "entry", text };
    }),
  );
}
