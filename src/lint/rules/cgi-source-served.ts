import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveSection } from "../../config/active-config.ts";
import { isInside, pathIn } from "../folders.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, firstWord, hostOf, lastOf, placeOf } from "../sections.ts";

/** Without slashes at its end. */
function bare(text: string): string {
  return text.replace(/\/+$/, "");
}

const known = new WeakMap<ActiveSection, ReadonlySet<string>>();

/** The URLs that the ScriptAlias lines of a host name. */
function scriptUrlsOf(host: ActiveSection): ReadonlySet<string> {
  const before = known.get(host);
  if (before !== undefined) return before;
  const urls = new Set(directivesOf(host, "scriptalias").map((one) => bare(firstWord(one))));
  known.set(host, urls);
  return urls;
}

/** Under its other URL the script is a file like others, and its source is sent. */
export const cgiSourceServed = defineRule({
  id: "cgi-source-served",
  summary: "The folder of a ScriptAlias has no other URL",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => ({
    directives: ["scriptalias"],
    directive(directive) {
      const [url, word] = directive.words;
      if (directive.key !== "scriptalias" || directive.spec === null || url === undefined || word === undefined) return;
      const path = pathIn(directive, 1, config);
      const host = hostOf(directive);
      const root = lastOf(host, "documentroot") ?? lastOf(config.server, "documentroot");
      const folder = root === undefined ? null : pathIn(root, 0, config);
      if (path === null || root === undefined || folder === null || !isInside(path, folder) || path === folder) return;
      const other = path.slice(folder === "/" ? 0 : folder.length);
      // Another ScriptAlias may stand for that URL too.
      if (scriptUrlsOf(host).has(bare(other))) return;
      report({
        ...wordOnly(directive, word),
        message: `Readable scripts: ${quote(word.value)} lies in DocumentRoot, and as ${quote(`${other}/`)} its files are sent as text`,
        help: "put the scripts outside of DocumentRoot",
        related: [{ origin: root.origin, message: `DocumentRoot on ${placeOf(root.origin, directive.origin)}` }],
      });
    },
  }),
});
