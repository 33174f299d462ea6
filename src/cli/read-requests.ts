import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { whatHappened } from "../config/config-unreadable-error.ts";
import { decode } from "../source/encoding.ts";
import { UsageError, type Terminal } from "./terminal.ts";

/** The text of a --requests file, or of standard input for `-`. Throws UsageError. */
export async function readRequests(path: string, terminal: Terminal): Promise<string> {
  if (path === "-") return decode(await terminal.stdin());
  try {
    return decode(readFileSync(resolve(terminal.cwd, path)));
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${whatHappened(error)}`, { cause: error });
  }
}
