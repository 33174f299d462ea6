import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveSection } from "../../config/active-config.ts";
import { absolutePath, isInside, pathIn } from "../folders.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, firstWord, hostOf, lastOf } from "../sections.ts";

const known = new WeakMap<ActiveSection, { readonly urls: ReadonlySet<string>; readonly lengths: readonly number[] }>();

/** Whether a path begins with one that the host maps somewhere. */
function isMapped(host: ActiveSection, path: string): boolean {
  let mapped = known.get(host);
  if (mapped === undefined) {
    const urls = new Set(directivesOf(host, "alias", "scriptalias", "proxypass").map((one) => firstWord(one)));
    urls.delete("");
    mapped = { urls, lengths: [...new Set([...urls].map(({ length }) => length))] };
    known.set(host, mapped);
  }
  const { urls, lengths } = mapped;
  return lengths.some((length) => length <= path.length && urls.has(path.slice(0, length)));
}

/** A Location is compared with the path of the URL; the path of a file is almost never one. */
export const filePathInLocation = defineRule({
  id: "file-path-in-location",
  summary: "A Location has the path of a URL, not of a folder",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => ({
    section(section) {
      const [word] = section.words;
      if (section.key !== "location" || word?.value.startsWith("/") !== true || word.value.length > 4096) return;
      const path = absolutePath(word.value, config);
      const host = hostOf(section);
      const root = lastOf(host, "documentroot") ?? lastOf(config.server, "documentroot");
      const folder = root === undefined ? null : pathIn(root, 0, config);
      if (root === undefined || path === null || folder === null || !/^\/.+\//.test(folder)) return;
      if (!isInside(path, folder)) return;
      // A URL that is called like a folder.
      if (isMapped(host, word.value) && directivesOf(host, "proxypass").length === 0) return;
      report({
        ...wordOnly(section, word),
        message: `Unreachable section: ${quote(word.value)} is a folder of DocumentRoot, and a Location is compared with URLs`,
        help: `write \`<Directory ${word.value}>\`, or the path of its URL, \`<Location ${path.slice(folder.length) || "/"}>\``,
        related: [{ origin: root.origin, message: "the folder" }],
      });
    },
  }),
});
