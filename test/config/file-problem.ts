import type { ActiveConfig, ActiveDirective, ActiveSection } from "../../src/config/active-config.ts";
import type { FileSystem } from "../../src/config/file-system.ts";
import { resolvePath } from "../../src/config/open-file.ts";
import type { ValueProblem } from "../../src/config/values.ts";

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
      // One that is there already is skipped before anybody looks for the file.
      if (config.problems.some((problem) => problem.kind === "module-list" && problem.origin === directive.origin))
        return null;
      return files.kindOf(path) === "file" ? null : { message: `There is no module ${path}`, fatal: true, span };
    case "mutex":
      return mutexProblem(directive, config, files);
    case "coredumpdirectory":
      if (files.kindOf(path) === "directory") return null;
      return { message: `CoreDumpDirectory ${path} does not exist`, fatal: true, span };
    case "rewritemap":
      return mapProblem(directive, config, files);
    default:
      return null;
  }
}

/** `RewriteMap name txt:file`: a map of text must be there; other kinds are opened later. */
function mapProblem(directive: ActiveDirective, config: ActiveConfig, files: FileSystem): FileProblem | null {
  const word = directive.words[1];
  const [, kind = "txt:", name = ""] = /^([a-z]+:)?(.*)$/s.exec(word?.value ?? "") ?? [];
  if (word === undefined || (kind !== "txt:" && kind !== "rnd:")) return null;
  const path = resolvePath({ serverRoot: config.serverRoot, fixedRoot: false, writtenRoot: null }, name);
  if (files.kindOf(path) !== null) return null;
  return { message: `There is no map ${path}`, fatal: true, span: { start: word.start, end: word.end } };
}

/** `Mutex file:directory`: the directory must be there. */
function mutexProblem(directive: ActiveDirective, config: ActiveConfig, files: FileSystem): FileProblem | null {
  const [word] = directive.words;
  const name = /^(?:file|flock|fcntl):(.+)$/i.exec(word?.value ?? "")?.[1];
  if (word === undefined || name === undefined) return null;
  const path = resolvePath({ serverRoot: config.serverRoot, fixedRoot: false, writtenRoot: null }, name);
  if (files.kindOf(path) === "directory") return null;
  return { message: `Mutex directory ${path} does not exist`, fatal: true, span: { start: word.start, end: word.end } };
}

function isInVirtualHost(directive: ActiveDirective): boolean {
  for (let section: ActiveSection | null = directive.parent; section !== null; section = section.parent) {
    if (section.key === "virtualhost") return true;
  }
  return false;
}
