/** What routing may ask the file system; an argument, so that explain works for servers whose files are elsewhere. */
export interface FileFacts {
  /** What a path is, links followed; null when nothing is there, `other` for what cannot be opened or looked at. */
  readonly kindOf: (path: string) => "file" | "directory" | "other" | null;
  /**
   * Whether the last name of a path is a symbolic link, and then whether it belongs to the owner of what it leads to; asked only
   * where Options forbid links or check their owner. Without it no path counts as a link.
   */
  readonly linkOf?: (path: string) => "own" | "foreign" | null;
  /**
   * Another number when answers may be other ones than before. Without it every answer may be another one than the last.
   */
  readonly epoch?: () => number;
  /** The home folder of a user of this machine, for UserDir. */
  readonly homeOf?: (user: string) => string | null;
}
