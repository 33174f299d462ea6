import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveDirective } from "../../config/active-config.ts";
import { isInside, pathIn } from "../folders.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { placeOf } from "../sections.ts";

const SECRETS: ReadonlySet<string> = new Set([
  "authuserfile",
  "authgroupfile",
  "authdbmuserfile",
  "authdbmgroupfile",
  "authdigestfile",
  "sslcertificatekeyfile",
]);

/** Folders that are compared with each file; no configuration has more. */
const MOST_FOLDERS = 500;

/** A file in a folder that URLs lead to can be asked for. */
export const passwordFileServed = defineRule({
  id: "password-file-served",
  summary: "Password files and keys lie where no URL leads",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => {
    const folders = new Map<string, ActiveDirective>();
    const files: ActiveDirective[] = [];
    return {
      directive(directive) {
        if (directive.spec === null) return;
        if (SECRETS.has(directive.key)) files.push(directive);
        const at = directive.key === "documentroot" ? 0 : directive.key === "alias" ? 1 : -1;
        const folder = at === -1 ? null : pathIn(directive, at, config);
        if (folder !== null && folders.size < MOST_FOLDERS && !folders.has(folder)) folders.set(folder, directive);
      },
      end() {
        for (const file of files) {
          const [word] = file.words;
          const path = pathIn(file, 0, config);
          // Every configuration since 1.3.9 denies names that begin with .ht.
          if (word === undefined || path === null || /\/\.ht[^/]*$/.test(path)) continue;
          const folder = [...folders].find(([each]) => isInside(path, each))?.[1];
          if (folder === undefined) continue;
          report({
            ...wordOnly(file, word),
            message: `Served secret: ${quote(word.value)} lies in the folder of ${folder.name} on ${placeOf(folder.origin, file.origin)}`,
            help: "move it out of every folder that is served",
            related: [{ origin: folder.origin, message: "served here" }],
          });
        }
      },
    };
  },
});
