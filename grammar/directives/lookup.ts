import type { Dialect } from "../dialect.ts";
import { directives as apache13, modules as modules13 } from "./apache13.ts";
import { directives as apache24, modules as modules24 } from "./apache24.ts";
import { apache2x, olderModules, olderThanDated, youngerModules, youngerThan20, youngerThanDated } from "./apache2x.ts";
import { modBackhand, modBackhandNg } from "./backhand.ts";
import type { DirectiveSpec } from "./directive-spec.ts";
import type { DirectiveTable, ModuleSpec, ModuleStatus } from "./directive-table.ts";
import { readEntry, readRow } from "./rows.ts";
import { thirdParty } from "./third-party.ts";

/** All that one httpd line knows. */
interface Knowledge {
  readonly directives: readonly DirectiveSpec[];
  /** By lower-case name, sections with a leading `<`; several where a name lives in several modules. */
  readonly byName: ReadonlyMap<string, readonly DirectiveSpec[]>;
  readonly modules: readonly ModuleSpec[];
  /** By name, file and identifier; file names and identifiers are compared with their case, as httpd does. */
  readonly moduleByName: ReadonlyMap<string, ModuleSpec>;
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
  const specs = knowledge(dialect).byName.get((isSection ? "<" : "") + name.toLowerCase()) ?? [];
  return isModuleActive === undefined ? specs : specs.filter((spec) => isModuleActive(spec.module));
}

/** Every directive and section that a dialect knows, those of httpd itself first. */
export function directivesOf(dialect: Dialect): readonly DirectiveSpec[] {
  return knowledge(dialect).directives;
}

/** Every module that a dialect knows, those of httpd itself first. */
export function modulesOf(dialect: Dialect): readonly ModuleSpec[] {
  return knowledge(dialect).modules;
}

/** The module with this name, source file or identifier (case matters, as in httpd), or null. */
export function findModule(dialect: Dialect, name: string): ModuleSpec | null {
  return knowledge(dialect).moduleByName.get(name) ?? null;
}

/** Tables are read when a dialect is first asked for: about two milliseconds. */
function knowledge(dialect: Dialect): Knowledge {
  let found = known.get(dialect);
  if (found === undefined) {
    found = build(dialect);
    known.set(dialect, found);
  }
  return found;
}

function build(dialect: Dialect): Knowledge {
  const hand = [modBackhand, modBackhandNg, ...apache2x, ...thirdParty].filter((table) =>
    table.dialects.includes(dialect),
  );
  const written = hand.flatMap((table) => entriesOf(table, dialect));
  const replaced = new Set(
    apache2x
      .filter((table) => table.dialects.includes(dialect))
      .flatMap((table) => entriesOf(table, dialect))
      .map(keyOf),
  );
  const recorded = recordedSpecs(dialect).filter((spec) => !replaced.has(keyOf(spec)));
  const directives = [...recorded, ...written];

  const byName = new Map<string, DirectiveSpec[]>();
  for (const spec of directives) {
    const key = keyOf(spec);
    const specs = byName.get(key);
    if (specs === undefined) byName.set(key, [spec]);
    else specs.push(spec);
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
  return { directives, byName, modules: [...modules.values()], moduleByName };
}

function keyOf(spec: DirectiveSpec): string {
  return (spec.section ? "<" : "") + spec.name.toLowerCase();
}

function recordedSpecs(dialect: Dialect): readonly DirectiveSpec[] {
  if (dialect === "1.3") return apache13.map((row) => readRow(row).spec);
  const dated = apache24.map(readRow);
  if (dialect === "2.4") return dated.map(({ spec }) => spec);
  const modules = new Set(recordedModules(dialect).map((module) => module.name));
  return dated
    .filter(({ spec, since }) => {
      const key = spec.name.toLowerCase();
      if (!modules.has(spec.module) || youngerThanDated.has(key)) return false;
      return olderThanDated.has(key) || isInDialect(since, dialect);
    })
    .map(({ spec }) => spec);
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

function entriesOf(table: DirectiveTable, dialect: Dialect): readonly DirectiveSpec[] {
  const entries = table.directives.flatMap((text) => text.split(","));
  return modulesIn(table, dialect).flatMap((module) => entries.map((entry) => readEntry(entry, module.name)));
}
