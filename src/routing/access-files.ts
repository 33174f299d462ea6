import type { Dialect, TableDirective, TableSection } from "../compile/table.ts";

/** What AllowOverride lets a .htaccess file do. */
export type OverrideClass = "AuthConfig" | "FileInfo" | "Indexes" | "Limit" | "Options";

/** What a .htaccess file may hold. */
export interface AllowedOverrides {
  readonly classes: ReadonlySet<OverrideClass>;
  /** 2.2 and later: `Options=…`, in lower case; null: all options. */
  readonly options: ReadonlySet<string> | null;
  /** 2.4: AllowOverrideList, in lower case. */
  readonly names: ReadonlySet<string>;
  /** 2.4: `Nonfatal=…`: such lines are left out instead of answered with 500. */
  readonly toleratesForbidden: boolean;
  readonly toleratesUnknown: boolean;
}

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
  readonly read: (path: string, allowed: AllowedOverrides, fileIndex: number) => AccessFile | null;
}

const allClasses: readonly OverrideClass[] = ["AuthConfig", "FileInfo", "Indexes", "Limit", "Options"];

/** What `Options` alone lets a file change: SymLinksIfOwnerMatch and MultiViews need to be named (seen with 2.4.71). */
const plainOptions: ReadonlySet<string> = new Set([
  "all",
  "indexes",
  "includes",
  "includesnoexec",
  "followsymlinks",
  "execcgi",
]);

/** Nothing is allowed, and a file that says something is an error. */
const noOverrides: AllowedOverrides = {
  classes: new Set(),
  options: null,
  names: new Set(),
  toleratesForbidden: false,
  toleratesUnknown: false,
};

/** What an AllowOverride line allows; AllowOverrideList is a line of its own. */
export function allowedOverrides(args: readonly string[], dialect: Dialect): AllowedOverrides {
  const classes = new Set<OverrideClass>();
  let options: ReadonlySet<string> | null = null;
  let nonfatal = "";
  for (const arg of args) {
    const [word = "", value] = arg.toLowerCase().split("=", 2);
    if (word === "all") for (const each of allClasses) classes.add(each);
    else if (word === "none") classes.clear();
    else if (word === "nonfatal") nonfatal = value ?? "";
    const found = allClasses.find((each) => each.toLowerCase() === word);
    if (found !== undefined) classes.add(found);
    if (word === "options" && (dialect === "2.2" || dialect === "2.4")) {
      options = value === undefined ? plainOptions : new Set(value.split(","));
    }
  }
  return {
    ...noOverrides,
    classes,
    options,
    toleratesForbidden: nonfatal === "override" || nonfatal === "all",
    toleratesUnknown: nonfatal === "unknown" || nonfatal === "all",
  };
}

/** Everything, which is what 1.3 to 2.2 allow when no line says otherwise; 2.4 allows nothing. */
export const everyOverride: AllowedOverrides = { ...noOverrides, classes: new Set(allClasses) };

/** 2.4 where no line says anything: nothing is allowed, and yet the files are read. */
export const unsetOverride: AllowedOverrides = noOverrides;

/** Whether httpd looks for a file at all: with nothing allowed and nothing tolerated it does not. */
export function readsFiles({ classes, names, toleratesForbidden, toleratesUnknown }: AllowedOverrides): boolean {
  return classes.size > 0 || names.size > 0 || toleratesForbidden || toleratesUnknown;
}
