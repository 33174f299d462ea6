import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import { restricts } from "../access-rules.ts";
import { isInside, pathIn } from "../folders.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, hostOf, placeOf } from "../sections.ts";

/** Pairs of sections and aliases that are compared; no configuration has more. */
const MOST_PAIRS = 100_000;

/** A URL path without slashes at its end. */
const bare = (text: string): string => text.replace(/\/+$/, "");

/** A file with two URLs is open under the one that the Location does not name. */
export const locationGuardsFile = defineRule({
  id: "location-guards-file",
  summary: "What a Location guards has no other URL",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => {
    const guards: ActiveSection[] = [];
    return {
      section(section) {
        const path = section.words[0]?.value ?? "";
        if (section.key === "location" && /^\/[^*?[~]+$/.test(path) && restricts(section)) guards.push(section);
      },
      end() {
        let pairs = 0;
        const isGuarded = (url: string, host: ActiveSection): boolean =>
          guards.some((one) => hostOf(one) === host && isInside(url, bare(one.words[0]?.value ?? "") || "/"));
        for (const section of guards) {
          const [word] = section.words;
          const url = bare(word?.value ?? "");
          const host = hostOf(section);
          const mappings = directivesOf(host, "alias", "documentroot");
          pairs += mappings.length * guards.length;
          if (pairs > MOST_PAIRS) return;
          const urlOf = (one: ActiveDirective): string =>
            one.key === "documentroot" ? "" : bare(one.words[0]?.value ?? "");
          const folderOf = (one: ActiveDirective): string | null =>
            pathIn(one, one.key === "documentroot" ? 0 : 1, config);
          // The alias that the Location's own URL goes through.
          const own = mappings.find((one) => one.key === "alias" && isInside(url, urlOf(one)));
          const ownFolder = own === undefined ? null : folderOf(own);
          if (own === undefined || ownFolder === null) continue;
          const folder = `${ownFolder}${url.slice(urlOf(own).length)}`;
          const other = mappings.find((one) => {
            const target = folderOf(one);
            if (one === own || target === null || !isInside(folder, target)) return false;
            return !isGuarded(`${urlOf(one)}${folder.slice(target === "/" ? 0 : target.length)}`, host);
          });
          const target = other === undefined ? null : folderOf(other);
          if (other === undefined || target === null) continue;
          const second = `${urlOf(other)}${folder.slice(target === "/" ? 0 : target.length)}` || "/";
          report({
            ...wordOnly(section, word),
            message: `Guard with a gap: ${quote(folder)} is ${quote(second)} too, by ${other.name} on ${placeOf(other.origin, section.origin ?? other.origin)}`,
            help: `guard the folder: \`<Directory ${folder}>\``,
            related: [{ origin: other.origin, message: "the other way" }],
          });
        }
      },
    };
  },
});
