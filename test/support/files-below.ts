import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Regular files below a folder, links that lead nowhere left out. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const status = statSync(path, { throwIfNoEntry: false });
    if (status === undefined) return [];
    return status.isDirectory() ? filesBelow(path) : [path];
  });
}
