import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveDirective } from "../../config/active-config.ts";
import { pathIn } from "../folders.ts";
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

/** Longer paths are none (PATH_MAX). */
const LONGEST = 4096;

/** The folders that a file lies in, the innermost first. */
function foldersAround(path: string): readonly string[] {
  const found: string[] = [];
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) found.push(path.slice(0, at));
  return [...found, "/"];
}

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
      directives: ["documentroot", "alias", ...SECRETS],
      directive(directive) {
        if (directive.spec === null) return;
        if (SECRETS.has(directive.key)) files.push(directive);
        const at = directive.key === "documentroot" ? 0 : directive.key === "alias" ? 1 : -1;
        const folder = at === -1 ? null : pathIn(directive, at, config);
        if (folder !== null && !folders.has(folder)) folders.set(folder, directive);
      },
      end() {
        for (const file of files) {
          const [word] = file.words;
          const path = pathIn(file, 0, config);
          // Every configuration since 1.3.9 denies names that begin with .ht.
          if (word === undefined || path === null || path.length > LONGEST || /\/\.ht[^/]*$/.test(path)) continue;
          const folder = foldersAround(path)
            .map((each) => folders.get(each))
            .find((each) => each !== undefined);
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
