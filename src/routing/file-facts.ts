/** What routing may ask the file system; an argument, so that explain works for servers whose files are elsewhere. */
export interface FileFacts {
  /** What a path is, links followed; null when nothing is there or it may not be looked at. */
  readonly kindOf: (path: string) => "file" | "directory" | "other" | null;
}
