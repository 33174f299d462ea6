import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import { restricts } from "../access-rules.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { firstWord, hostOf, placeOf } from "../sections.ts";

/** What answers a path itself; a folder of files would only be redirected to its path with a slash. */
const ANSWERS: ReadonlySet<string> = new Set(["proxypass", "scriptalias", "wsgiscriptalias", "jkmount"]);

/** `/admin/` is the prefix of what lies below; `/admin` itself is another path. */
export const locationSlashGap = defineRule({
  id: "location-slash-gap",
  summary: "A guarded Location covers its path without the last slash",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => {
    const guards: ActiveSection[] = [];
    const guarded = new Set<string>();
    const answers = new Map<string, ActiveDirective>();
    const numbers = new Map<ActiveSection, number>();
    const keyOf = (host: ActiveSection, path: string): string => {
      const number = numbers.get(host) ?? numbers.size;
      numbers.set(host, number);
      return `${number} ${path}`;
    };
    return {
      directives: ["sethandler", ...ANSWERS],
      directive(directive) {
        const { key, parent, words } = directive;
        if (directive.spec === null && key !== "jkmount" && key !== "wsgiscriptalias") return;
        const inLocation = parent.key === "location";
        const path = inLocation ? firstWord(parent) : firstWord(directive);
        const target = inLocation ? firstWord(directive) : (words[1]?.value ?? "");
        const runs =
          key === "sethandler" ? inLocation && !/^(?:none|default-handler)$/i.test(target) : ANSWERS.has(key);
        if (!runs || target === "!" || !path.startsWith("/") || path.endsWith("/")) return;
        const id = keyOf(hostOf(directive), path);
        if (!answers.has(id)) answers.set(id, directive);
      },
      section(section) {
        if (section.key !== "location" || !restricts(section)) return;
        const path = firstWord(section);
        guarded.add(keyOf(hostOf(section), path));
        if (/^\/[^*?[]+\/$/.test(path)) guards.push(section);
      },
      end() {
        for (const section of guards) {
          const host = hostOf(section);
          const path = firstWord(section).slice(0, -1);
          const answer = answers.get(keyOf(host, path)) ?? answers.get(keyOf(config.server, path));
          const isCovered = [host, config.server].some((one) => {
            for (let at = path; at !== ""; at = at.slice(0, at.lastIndexOf("/")))
              if (guarded.has(keyOf(one, at))) return true;
            return guarded.has(keyOf(one, "/"));
          });
          if (answer === undefined || isCovered || section.origin === null) continue;
          report({
            ...wordOnly(section, section.words[0]),
            message: `Unguarded ${quote(path)}: it is not below ${quote(`${path}/`)}, and ${answer.name} answers it, ${placeOf(answer.origin, section.origin)}`,
            help: `write \`<Location ${path}>\``,
            related: [{ origin: answer.origin, message: "answers it" }],
          });
        }
      },
    };
  },
});
