/** The files that a configuration can name; an argument, so that tests and editors can bring their own. */
export interface FileSystem {
  /** Bytes of a regular file. Throws an Error whose `code` is Node's (ENOENT, EACCES, EISDIR, …). */
  readFile(path: string): Uint8Array;
  /** Names in a directory, unsorted, without `.` and `..`. Throws as readFile does. */
  readDirectory(path: string): readonly string[];
  /** What a path is, links followed; null when nothing is there or it may not be looked at. */
  kindOf(path: string): "file" | "directory" | "other" | null;
  /** The same without following a link. */
  isLink(path: string): boolean;
}
