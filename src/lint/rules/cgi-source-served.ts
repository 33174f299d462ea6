import { dialects } from "../../../grammar/dialect.ts";
import { isInside, pathIn } from "../folders.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, hostOf, lastOf, placeOf } from "../sections.ts";

/** Under its other URL the script is a file like others, and its source is sent. */
export const cgiSourceServed = defineRule({
  id: "cgi-source-served",
  summary: "The folder of a ScriptAlias has no other URL",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => ({
    directive(directive) {
      const [url, word] = directive.words;
      if (directive.key !== "scriptalias" || directive.spec === null || url === undefined || word === undefined) return;
      const path = pathIn(directive, 1, config);
      const host = hostOf(directive);
      const root = lastOf(host, "documentroot") ?? lastOf(config.server, "documentroot");
      const folder = root === undefined ? null : pathIn(root, 0, config);
      if (path === null || root === undefined || folder === null || !isInside(path, folder) || path === folder) return;
      const other = path.slice(folder === "/" ? 0 : folder.length);
      const bare = (text: string): string => text.replace(/\/+$/, "");
      // Another ScriptAlias may stand for that URL too.
      if (directivesOf(host, "scriptalias").some((one) => bare(one.words[0]?.value ?? "") === bare(other))) return;
      report({
        ...wordOnly(directive, word),
        message: `Readable scripts: ${quote(word.value)} lies in DocumentRoot, and as ${quote(`${other}/`)} its files are sent as text`,
        help: "put the scripts outside of DocumentRoot",
        related: [{ origin: root.origin, message: `DocumentRoot on ${placeOf(root.origin, directive.origin)}` }],
      });
    },
  }),
});
