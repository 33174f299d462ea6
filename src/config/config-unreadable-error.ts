import { dirname } from "node:path";

/** The main file cannot be read, so there is no configuration at all. `code` is Node's for what happened. */
export class ConfigUnreadableError extends Error {
  override readonly name = "ConfigUnreadableError";
  /** `BACKHAND_CONFIG_UNREADABLE`; what the system said is the `cause`. */
  readonly code = "BACKHAND_CONFIG_UNREADABLE";
  readonly path: string;

  constructor(path: string, cause: unknown) {
    super(`Cannot read ${path}: ${whatHappened(cause)}`, { cause });
    this.path = path;
  }
}

/** A reason in words for the error codes that a file name can lead to; the system's own text for others. */
export function whatHappened(error: unknown): string {
  // By its shape: an error of another realm is no instance of this one's Error.
  const { code, message } = Object(error) as { readonly code?: unknown; readonly message?: unknown };
  switch (code) {
    case "ENOENT":
      return "there is no such file";
    case "ENOTDIR":
    case "EEXIST":
      return "part of the path is not a directory";
    case "EISDIR":
      return "it is a directory, not a file";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "ELOOP":
      return "its symbolic links run in a circle";
    case "ENAMETOOLONG":
      return "the name is too long";
    case "ENOSPC":
    case "EDQUOT":
      return "no space is left there";
    case "EROFS":
      return "the file system is read-only";
    case "ERR_INVALID_ARG_VALUE":
      return "the name holds a NUL byte";
    default:
      return typeof message === "string" ? message : String(error);
  }
}

/** The same about a file that could not be written: it is its folder that has to be there. */
export function whyNotWritten(path: string, error: unknown): string {
  const { code } = Object(error) as { readonly code?: unknown };
  return code === "ENOENT" ? `there is no directory ${dirname(path)}` : whatHappened(error);
}
