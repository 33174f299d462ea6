import type { Dialect } from "../../grammar/dialect.ts";
import type { ModuleSpec } from "../../grammar/directives/directive-table.ts";
import { findModule, modulesOf, modulesWithFile } from "../../grammar/directives/lookup.ts";
import type { ModuleList, Origin } from "./active-config.ts";

/** Modules that no distribution leaves out and no LoadModule line names: built in, or as good as. */
const builtIn2x = [
  "core",
  "http_core",
  "mod_so",
  "mod_log_config",
  "mod_logio",
  "mod_version",
  "mod_unixd",
  "mod_watchdog",
  "mod_systemd",
  "mpm_common",
];

/**
 * The modules that are active at one point of the reading. A module is known by the name that the directive tables use;
 * one that they do not have goes by its guessed source file.
 *
 * In 1.3 every known module counts as built in until ClearModuleList empties the list. In 2.x the list is closed from the
 * start when `listed` says that the configuration loads what it needs; otherwise all known modules count as present.
 */
export class ModuleState {
  readonly #dialect: Dialect;
  readonly #listed: boolean;
  /** Null while all known modules count as present. */
  #closed: boolean;
  /** By name, with the line that made each active; null for built-in ones. */
  readonly #active = new Map<string, Origin | null>();
  /** Modules that 1.3 has loaded, active or not: AddModule may bring these back. */
  readonly #loaded = new Map<string, Origin>();
  readonly #unrecognised = new Map<string, Origin>();
  readonly #compiledIn: readonly string[];

  constructor(dialect: Dialect, listed: boolean, compiledIn: readonly string[]) {
    this.#dialect = dialect;
    this.#listed = listed;
    this.#compiledIn = compiledIn.flatMap((name) => this.#namesOf(name));
    this.#closed = listed && dialect !== "1.3";
    if (this.#closed) for (const name of builtIn2x) this.#active.set(name, null);
    for (const name of this.#compiledIn) this.#active.set(name, null);
  }

  /** Whether the directives of a module (by {@link ModuleSpec.name}) work here. */
  readonly isActive = (name: string): boolean => {
    if (!this.#closed || this.#active.has(name)) return true;
    const status = findModule(this.#dialect, name)?.status;
    return status === "ours" || (status === "mpm" && !this.#hasMpm());
  };

  /** Whether a module that only the user knows is there, by its name, source file or identifier. */
  hasModule(name: string): boolean {
    if (!this.#closed) return true;
    const base = name.replace(/\.c$/, "");
    return [name, base, `${base}.c`, `mod_${base}.c`, `${base}_module`].some((one) => this.#active.has(one));
  }

  /** Whether the list is known and nothing in it comes from elsewhere. */
  areHttpdsOwn(): boolean {
    if (!this.#closed || this.#unrecognised.size > 0) return false;
    for (const name of this.#active.keys()) {
      const status = findModule(this.#dialect, name)?.status;
      if (status === "third-party" || (status === undefined && !builtIn2x.includes(name))) return false;
    }
    return true;
  }

  /**
   * What IfModule thinks of a name: the source file, from 2.1 on the identifier too, compared with case. With the line that
   * made the module active, if one did.
   */
  test(name: string): { readonly present: boolean; readonly by: Origin | null } {
    for (const module of modulesWithFile(this.#dialect, name)) {
      const byIdentifier = module.identifier === name && this.#dialect !== "1.3" && this.#dialect !== "2.0";
      if ((module.file === name || byIdentifier) && module.file !== "" && this.isActive(module.name)) {
        return { present: true, by: this.#active.get(module.name) ?? null };
      }
    }
    const by = this.#active.get(name);
    return { present: by !== undefined, by: by ?? null };
  }

  /** LoadModule: false when the module is there already and the line has no effect. */
  load(identifier: string, file: string, origin: Origin): boolean {
    const known = modulesWithFile(this.#dialect, identifier).filter((module) => module.identifier === identifier);
    const names = known.length > 0 ? known.map((module) => module.name) : [guessFile(identifier, file)];
    if (names.every((name) => this.#loaded.has(name))) return false;
    for (const name of names) {
      this.#loaded.set(name, origin);
      this.#active.set(name, origin);
      if (known.length === 0) this.#unrecognised.set(name, origin);
      // 2.1 and later know a module by its identifier as well.
      if (known.length === 0 && this.#dialect !== "1.3") this.#active.set(identifier, origin);
    }
    return true;
  }

  /** ClearModuleList of 1.3: only the core stays. */
  clear(): void {
    this.#closed = true;
    this.#active.clear();
    this.#active.set("http_core.c", null);
  }

  /**
   * AddModule of 1.3: `unknown` when no module of that file name is linked or loaded. A loaded module that the tables do
   * not have may come from any file, so with one of those no name is unknown.
   */
  add(file: string, origin: Origin): "added" | "already" | "unknown" {
    const known = findModule(this.#dialect, file);
    const linked = known?.file === file || this.#compiledIn.includes(file) || this.#loaded.has(file);
    if (!linked && this.#unrecognised.size === 0) return "unknown";
    if (this.#closed && !this.#active.has(file)) {
      this.#active.set(file, origin);
      return "added";
    }
    return this.#active.has(file) || !this.#closed ? "already" : "added";
  }

  /** What a reader of the finished configuration may know. */
  list(): ModuleList {
    const unrecognised = [...this.#unrecognised.keys()];
    const active = this.#closed
      ? fileNames(Array.from(this.#active.keys(), (name) => findModule(this.#dialect, name)?.file ?? name))
      : unrecognised.length === 0
        ? knownFiles(this.#dialect)
        : fileNames([...knownFiles(this.#dialect), ...unrecognised]);
    return { assumed: !this.#closed && !this.#listed, active, unrecognised };
  }

  #hasMpm(): boolean {
    for (const name of this.#active.keys()) {
      if (name !== "mpm_common" && findModule(this.#dialect, name)?.status === "mpm") return true;
    }
    return false;
  }

  /** Every module that goes by a name, file or identifier; the name itself when none is known. */
  #namesOf(name: string): readonly string[] {
    const matches = (module: ModuleSpec): boolean => [module.name, module.file, module.identifier].includes(name);
    const names = modulesOf(this.#dialect)
      .filter(matches)
      .map((module) => module.name);
    return names.length > 0 ? names : [name];
  }
}

/** Most shared objects are named after their source: `mod_foo.so` and `libfoo.so` come from `mod_foo.c`. */
function guessFile(identifier: string, path: string): string {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const dot = name.lastIndexOf(".");
  if (dot < 1) return `mod_${identifier.replace(/_module$/, "")}.c`;
  const base = name.slice(0, dot);
  return `${base.startsWith("mod_") ? base : `mod_${base.replace(/^lib/, "")}`}.c`;
}

/** Each once, without modules that have no file. */
function fileNames(files: readonly string[]): readonly string[] {
  return [...new Set(files)].filter((file) => file !== "");
}

const known = new Map<Dialect, readonly string[]>();

/** The files of all modules that the tables have; asked for each of thousands of .htaccess files. */
function knownFiles(dialect: Dialect): readonly string[] {
  const files = known.get(dialect) ?? fileNames(modulesOf(dialect).map(({ file }) => file));
  known.set(dialect, files);
  return files;
}
