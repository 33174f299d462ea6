import { moduleLines } from "../compile/access-file-reader.ts";
import type { ActiveConfig, ActiveSection } from "../config/active-config.ts";
import { memoryFileSystem } from "../config/memory-file-system.ts";
import { readConfiguration } from "../config/read.ts";

/** Below here lie the .htaccess files of the output, each under the path where it belongs. */
export const FILES_FOLDER = "htaccess";

/** A .htaccess file, under whatever name AccessFileName gives it. */
export interface AccessFileText {
  readonly path: string;
  /** Without a slash at the end; empty for the root. */
  readonly folder: string;
  readonly text: string;
}

/** What is known of the .htaccess files that a configuration lets count. */
export interface AccessFiles {
  readonly files: readonly AccessFileText[];
  /** Folders that were looked through with all that is below them; others may have files that nobody has seen. */
  readonly seen: readonly string[];
}

/** A configuration with its .htaccess files: each is one more Directory section, behind all others of its folder. */
export interface WithAccessFiles {
  readonly config: ActiveConfig;
  /** The sections that stand for files. */
  readonly sections: ReadonlyMap<ActiveSection, AccessFileText>;
}

/** Reads .htaccess files with the dialect and modules of a configuration and puts them behind it. */
export function withAccessFiles(config: ActiveConfig, files: readonly AccessFileText[]): WithAccessFiles {
  const sections = new Map<ActiveSection, AccessFileText>();
  if (files.length === 0) return { config, sections };
  const before = moduleLines(config);
  const readings = [...config.readings];
  const conditionals = [...config.conditionals];
  for (const file of files) {
    const { path, text, folder } = file;
    const fileSystem = memoryFileSystem({ [path]: text });
    const read = readConfiguration({ path, text, fileSystem, dialect: config.dialect, context: "directory", before });
    const isOwn = ({ source }: { readonly source: { readonly path: string } }): boolean => source.path === path;
    const whole = read.server.children.find((node) => node.kind === "section" && node.origin === null);
    const children = whole?.kind === "section" ? whole.children : [];
    const value = folder === "" ? "/" : folder;
    sections.set(
      {
        kind: "section",
        key: "directory",
        name: "Directory",
        words: [{ value, start: 0, end: 0, quote: "", terminated: true }],
        rawArgs: value,
        spec: null,
        parent: config.server,
        limit: null,
        children: children.filter((node) => node.origin !== null && isOwn(node.origin.reading)),
        origin: null,
      },
      file,
    );
    readings.push(...read.readings.filter(isOwn));
    conditionals.push(...read.conditionals.filter(({ origin }) => isOwn(origin.reading)));
  }
  const server = { ...config.server, children: [...config.server.children, ...sections.keys()] };
  return { config: { ...config, server, readings, conditionals }, sections };
}

/**
 * The same for routing: in every host, too, behind its own sections, since httpd reads a file of a folder behind all sections for
 * it, those of the host included. Behind the main server's alone a host's Directory for the very folder would come after it.
 * httpd 2.4 request.c ap_directory_walk
 */
export function withAccessFilesInHosts(config: ActiveConfig, files: readonly AccessFileText[]): ActiveConfig {
  const known = withAccessFiles(config, files);
  const { server } = known.config;
  const children = server.children.map((host) => {
    if (host.kind !== "section" || host.key !== "virtualhost") return host;
    const copies = [...known.sections.keys()].map((section) => ({ ...section, parent: host }));
    return { ...host, children: [...host.children, ...copies] };
  });
  return { ...known.config, server: { ...server, children } };
}
