import type { Dialect } from "../dialect.ts";

/** Where a module comes from; `ours` are mod_backhand and the directives that this project adds. */
export type ModuleStatus = "core" | "base" | "extension" | "experimental" | "mpm" | "third-party" | "ours";

/** What an httpd knows a module by. */
export interface ModuleSpec {
  /** The name that {@link DirectiveSpec.module} gives: the source file in 1.3 (`mod_alias.c`), without `.c` in 2.x. */
  readonly name: string;
  /** Source file (`mod_alias.c`), for IfModule and AddModule; empty when no module file stands behind the name. */
  readonly file: string;
  /** The symbol that LoadModule names (`alias_module`); from 2.1 on IfModule knows it too. Empty as above. */
  readonly identifier: string;
  readonly status: ModuleStatus;
}

/** Modules that share a set of directives, written by hand. */
export interface DirectiveTable {
  /** `file` only where it is not the name with `.c`. */
  readonly modules: readonly {
    readonly name: string;
    readonly identifier: string;
    readonly file?: string;
    readonly status?: ModuleStatus;
    /** Where only some of the table's dialects have the module. */
    readonly dialects?: readonly Dialect[];
  }[];
  readonly dialects: readonly Dialect[];
  /** Status of the modules that give none themselves; `extension` by default. */
  readonly status?: ModuleStatus;
  /** Entries as rows.ts reads them; one text per entry, or several entries in one text, separated by commas. */
  readonly directives: readonly string[];
}
