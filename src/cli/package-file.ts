import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Path of a file that the package ships, such as `docs/rules/x.md`; null when it is not installed. Looked for upwards, since
 * this code lies at another depth in a checkout than in the bundle.
 */
export function packageFile(...parts: readonly string[]): string | null {
  let folder = import.meta.dirname;
  for (;;) {
    const path = join(folder, ...parts);
    if (existsSync(path)) return path;
    const parent = dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
}
