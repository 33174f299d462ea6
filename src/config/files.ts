import type { ActiveConfig, ActiveDirective, ActiveSection } from "./active-config.ts";
import type { FileSystem } from "./file-system.ts";
import { resolvePath } from "./open-file.ts";
import type { ValueProblem } from "./values.ts";

/** A problem that another machine may not have. */
export interface FileProblem extends ValueProblem {
  /** Whether httpd stops there, on a machine with these files. */
  readonly fatal: boolean;
}

/**
 * What httpd would say of the files that a directive names: a DocumentRoot that is no directory (fatal in the main server, a
 * warning in a virtual host), a module that is not there. The answer belongs to the machine that is asked.
 */
export function fileProblem(directive: ActiveDirective, config: ActiveConfig, files: FileSystem): FileProblem | null {
  const word = directive.words[directive.key === "loadmodule" ? 1 : 0];
  if (directive.spec === null || word === undefined || word.value === "") return null;
  const path = resolvePath({ serverRoot: config.serverRoot, fixedRoot: false, writtenRoot: null }, word.value);
  const span = { start: word.start, end: word.end };
  switch (directive.key) {
    case "documentroot":
      if (files.kindOf(path) === "directory") return null;
      return { message: `DocumentRoot ${path} is not a directory`, fatal: !isInVirtualHost(directive), span };
    case "loadmodule":
      return files.kindOf(path) === "file" ? null : { message: `There is no module ${path}`, fatal: true, span };
    default:
      return null;
  }
}

function isInVirtualHost(directive: ActiveDirective): boolean {
  for (let section: ActiveSection | null = directive.parent; section !== null; section = section.parent) {
    if (section.key === "virtualhost") return true;
  }
  return false;
}
