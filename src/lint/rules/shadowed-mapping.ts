import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import type { Word } from "../../../grammar/word.ts";
import { isPerhaps } from "../conditional-lines.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { everySection, placeOf } from "../sections.ts";

/** Directives that are tried one after the other until one fits. */
const FAMILIES: ReadonlyMap<string, string> = new Map([
  ["alias", "alias"],
  ["scriptalias", "alias"],
  ["redirect", "redirect"],
  ["redirectpermanent", "redirect"],
  ["redirecttemp", "redirect"],
  ["proxypass", "proxy"],
]);

/** Paths that are compared; a hostile one may have a slash for each of its megabytes. */
const LONGEST = 1000;

function prefixOf({ key, words }: ActiveDirective): Word | null {
  const at = key === "redirect" && words[0]?.value.startsWith("/") !== true ? 1 : 0;
  const word = words[at];
  if (word?.value.startsWith("/") !== true || word.value.length > LONGEST) return null;
  return key === "proxypass" && words.length < 2 ? null : word;
}

/** What covers a path: itself, and every prefix of it that ends where a name does. */
function covering(path: string): readonly string[] {
  const found = [path];
  for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1)) {
    found.push(path.slice(0, at + 1));
    if (at > 0) found.push(path.slice(0, at));
  }
  return found;
}

/** The first prefix that fits wins, not the longest: mod_alias try_alias_list, mod_proxy proxy_trans. */
export const shadowedMapping = defineRule({
  id: "shadowed-mapping",
  summary: "No Alias, Redirect or ProxyPass stands behind one that covers it",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) =>
    everySection(config, (section: ActiveSection) => {
      const seen = new Map<string, ActiveDirective>();
      for (const node of section.children) {
        if (node.kind !== "directive" || node.spec === null) continue;
        const family = FAMILIES.get(node.key);
        const word = family === undefined ? null : prefixOf(node);
        if (family === undefined || word === null || isPerhaps(node, config)) continue;
        const shadow = covering(word.value).find((prefix) => seen.has(`${family} ${prefix}`));
        const earlier = shadow === undefined ? undefined : seen.get(`${family} ${shadow}`);
        if (earlier === undefined || shadow === undefined) {
          seen.set(`${family} ${word.value}`, node);
          continue;
        }
        report({
          ...wordOnly(node, word),
          message: `Unreachable ${node.name}: ${earlier.name} ${quote(shadow)} on ${placeOf(earlier.origin, node.origin)} comes first`,
          help: "the first that fits is taken: put the longer path first",
          related: [{ origin: earlier.origin, message: "taken instead" }],
        });
      }
    }),
});
