import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import type { TemporaryFolder } from "../support/temporary-folder.ts";

/** Folders below the document root; each has f.txt, g.html, h.php, all but a/b an index.html. */
export const folders = ["", "a", "a/b", "a/b/c", "x.d", "ab", "s p", "\u00e9", "A"];

/** Makes the files that requests ask for. */
export function makeSite(folder: TemporaryFolder): string {
  const root = join(folder.path, "www");
  for (const name of folders) {
    mkdirSync(join(root, name), { recursive: true });
    for (const file of ["f.txt", "g.html", "h.php", "i.html.x", ...(name === "a/b" ? [] : ["index.html"])]) {
      folder.write(join("www", name, file), "x");
    }
  }
  for (const user of ["u1", "u2"]) {
    folder.write(`home/${user}/pub/f.txt`, "x");
    folder.write(`home/${user}/pub/index.html`, "x");
  }
  const sha = "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=";
  // All have the password "secret".
  folder.write("users", `ann:${sha}\nbob:$apr1$y1aApWMT$bml.jZNgEhAeU3.kVvmmy/\nann:x\ndan:14Ryju1J4ECZg\n`);
  folder.write("others", `eve:${sha}\ncoy:$2y$05$j5dR0PrikrFBahYNX8zQP.HEI1tld9/L2qzBXz0d4E41CNzkx0Z5.\nann:${sha}\n`);
  folder.write("groups", "staff: ann eve\nothers: bob\n# none: ann\nempty:\n");
  symlinkSync("a", join(root, "la"));
  symlinkSync("../f.txt", join(root, "a", "lf.txt"));
  return root;
}
