import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import { nameOnly } from "../places.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, firstWord, hostOf } from "../sections.ts";

/** Of Require, what asks nobody for a name: addresses, hosts, everybody, the request itself. */
const WITHOUT_NAME = /^(?:all|ip|host|local|forward-dns|env|method|expr|ssl|ssl-verify-client)$/i;
const SECTIONS: ReadonlySet<string> = new Set([
  "directory",
  "directorymatch",
  "location",
  "locationmatch",
  "files",
  "filesmatch",
]);

function asksForName(directive: ActiveDirective): boolean {
  const [first, second] = directive.words;
  const word = first?.value.toLowerCase() === "not" ? second : first;
  return directive.key === "require" && word !== undefined && !WITHOUT_NAME.test(word.value);
}

/** AuthType and its companions only say how to ask; without a Require for users nobody is asked. */
export const authWithoutRequire = defineRule({
  id: "auth-without-require",
  summary: "A section with AuthType has a Require for users",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => {
    const asked = new Set<ActiveSection>();
    const settings: ActiveDirective[] = [];
    return {
      directives: ["authtype", "require"],
      directive(directive) {
        if (directive.spec === null) return;
        if (
          directive.key === "authtype" &&
          !/^none$/i.test(firstWord(directive)) &&
          SECTIONS.has(directive.parent.key)
        ) {
          settings.push(directive);
        }
        if (!asksForName(directive)) return;
        for (let at: ActiveSection | null = directive.parent; at !== null && !asked.has(at); at = at.parent)
          asked.add(at);
      },
      end() {
        // Who gives its own AuthType asks for itself; the others may be where the name is asked for.
        const elsewhere = new Set(
          [...asked]
            .filter((section) => SECTIONS.has(section.key) && directivesOf(section, "authtype").length === 0)
            .map((section) => hostOf(section)),
        );
        const unknown = config.modules.unrecognised.length > 0;
        for (const setting of settings) {
          const { parent } = setting;
          const host = hostOf(parent);
          if (unknown || asked.has(parent) || elsewhere.has(host) || elsewhere.has(config.server)) continue;
          // An access file below may have the Require.
          const overrides = directivesOf(parent, "allowoverride").flatMap(({ words }) => words);
          if (overrides.some(({ value }) => /^(?:all|authconfig)$/i.test(value))) continue;
          report({
            ...nameOnly(setting.origin),
            message: "Nobody is asked for a password: there is no Require for users here",
            help: "add `Require valid-user`",
          });
        }
      },
    };
  },
});
