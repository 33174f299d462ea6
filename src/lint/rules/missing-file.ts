import { posix } from "node:path";
import { dialects } from "../../../grammar/dialect.ts";
import { absolutePath } from "../folders.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

/** What must be there, and whether it is a folder. */
const NAMED: ReadonlyMap<string, { readonly what: string; readonly kind: "file" | "directory" }> = new Map([
  ["documentroot", { what: "folder", kind: "directory" }],
  ["sslcertificatefile", { what: "certificate", kind: "file" }],
  ["sslcertificatekeyfile", { what: "key", kind: "file" }],
  ["sslcertificatechainfile", { what: "certificate", kind: "file" }],
  ["sslcacertificatefile", { what: "certificate", kind: "file" }],
  ["authuserfile", { what: "password file", kind: "file" }],
  ["authgroupfile", { what: "group file", kind: "file" }],
]);

/** Looks that the file system is asked for; a configuration with more names its files by a pattern. */
const MOST_LOOKS = 5000;

/**
 * Looks at this machine, and only where it seems to be the one: the folder that holds the file must be there, and be deeper
 * than those that every machine has. What another machine has is not known.
 */
export const missingFile = defineRule({
  id: "missing-file",
  summary: "Certificates, password files and document roots are there",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, files, report }) => {
    let looks = 0;
    const folders = new Map<string, boolean>();
    const isFolder = (path: string): boolean => {
      let known = folders.get(path);
      if (known === undefined) {
        looks++;
        known = files?.kindOf(path) === "directory";
        folders.set(path, known);
      }
      return known;
    };
    return {
      directives: [...NAMED.keys()],
      directive(directive) {
        const named = NAMED.get(directive.key);
        const [word] = directive.words;
        if (files === null || named === undefined || directive.spec === null || word === undefined) return;
        const path = absolutePath(word.value, config);
        if (path === null || path.includes("\0") || looks >= MOST_LOOKS) return;
        const folder = posix.dirname(path);
        if (folder.split("/").length < 3) return;
        if (!isFolder(folder)) return;
        looks++;
        const kind = files.kindOf(path);
        if (kind === named.kind || kind === "other") return;
        report({
          ...wordOnly(directive, word),
          message:
            kind === null
              ? `Missing ${named.what}: ${quote(path)} is not there, though its folder is`
              : `Expected a ${named.kind === "file" ? "file" : "folder"}: ${quote(path)} is a ${kind === "file" ? "file" : "folder"}`,
          help: "correct the path, or lint on the machine that has it",
        });
      },
    };
  },
});
