import type { TableDirective, TableSection } from "../compile/table.ts";

/** What AllowOverride lets a .htaccess file do. */
export type OverrideClass = "AuthConfig" | "FileInfo" | "Indexes" | "Limit" | "Options";

/** A .htaccess file, read. The reader gives the same object for the same text, so that the router can keep what it made. */
export interface AccessFile {
  readonly directives: readonly TableDirective[];
  /** Files and FilesMatch. */
  readonly sections: readonly TableSection[];
  /** Why httpd would answer 500: a line that is wrong or that AllowOverride forbids. */
  readonly error: string | null;
}

/** Reads .htaccess files; where none is given, they are not there. */
export interface AccessFileReader {
  /** Null when there is no such file. `fileIndex` is what places in it shall say. */
  readonly read: (path: string, allowed: ReadonlySet<OverrideClass>, fileIndex: number) => AccessFile | null;
}

const allClasses: readonly OverrideClass[] = ["AuthConfig", "FileInfo", "Indexes", "Limit", "Options"];

/** The classes that an AllowOverride line allows; `Options=…` counts as Options. */
export function overrideClasses(args: readonly string[]): ReadonlySet<OverrideClass> {
  const allowed = new Set<OverrideClass>();
  for (const arg of args) {
    const name = (arg.split("=", 1)[0] ?? "").toLowerCase();
    if (name === "all") for (const each of allClasses) allowed.add(each);
    else if (name === "none") allowed.clear();
    const found = allClasses.find((each) => each.toLowerCase() === name);
    if (found !== undefined) allowed.add(found);
  }
  return allowed;
}

/** Everything, which is what 1.3 to 2.2 allow when no line says otherwise; 2.4 allows nothing. */
export const everyOverride: ReadonlySet<OverrideClass> = new Set(allClasses);
