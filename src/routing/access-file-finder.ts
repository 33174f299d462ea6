import type { RoutingTable, TableLine, TableSection } from "../compile/table.ts";
import type { AccessFile, AccessFileReader, AllowedOverrides } from "./access-files.ts";
import type { ByteString } from "./bytes.ts";
import { fromBytes } from "./bytes.ts";
import type { SectionCompiler } from "./sections.ts";
import type { FindAccessFile, ReadyAccessFile } from "./walk.ts";

/** Finds the .htaccess files of folders and gives their files numbers behind those of the table. */
export class AccessFileFinder {
  readonly #files: readonly string[];
  readonly #reader: AccessFileReader;
  readonly #compiler: SectionCompiler;
  readonly #paths: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #ready = new WeakMap<AccessFile, ReadyAccessFile>();
  readonly #sections = new WeakSet<TableSection>();

  constructor({ files }: RoutingTable, reader: AccessFileReader, compiler: SectionCompiler) {
    this.#files = files;
    this.#reader = reader;
    this.#compiler = compiler;
  }

  /** The search for a host with these AccessFileName words; the first file that is there counts. */
  finder(names: readonly ByteString[]): FindAccessFile {
    return (folder, allowed) => {
      for (const name of names) {
        const found = this.#find(fromBytes(folder), fromBytes(folder + name), allowed);
        if (found !== null) return found;
      }
      return null;
    };
  }

  /** The path of a place that is not in a file of the table. */
  pathOf({ file }: TableLine): string {
    return this.#paths[file - this.#files.length] ?? "";
  }

  /** Whether a section stands for a .htaccess file as a whole. */
  isAccessFile(section: TableSection): boolean {
    return this.#sections.has(section);
  }

  #find(folder: string, path: string, allowed: AllowedOverrides): ReadyAccessFile | null {
    const file = this.#numbers.get(path) ?? this.#files.length + this.#paths.length;
    const read = this.#reader.read(path, allowed, file);
    if (read === null) return null;
    if (!this.#numbers.has(path)) {
      this.#numbers.set(path, file);
      this.#paths.push(path);
    }
    const known = this.#ready.get(read);
    if (known !== undefined) return known;
    const { directives, sections, error } = read;
    // To the walk the file is one more section of its folder.
    const section: TableSection = {
      host: 0,
      kind: "Directory",
      argument: folder,
      place: { file, line: 1 },
      directives,
      sections,
    };
    const made = { ready: this.#compiler.ready(section), error: error === null ? null : `${path}: ${error}` };
    this.#ready.set(read, made);
    this.#sections.add(section);
    return made;
  }
}
