import { dialects } from "../../../grammar/dialect.ts";
import { nameOnly, wordOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

const LATE: ReadonlySet<string> = new Set(["location", "locationmatch", "files", "filesmatch"]);
const LINKS = /^[+-]?(?:followsymlinks|symlinksifownermatch)$/i;

/** Access files and links are dealt with on the way down the path; these sections are merged behind that. */
export const uselessInSection = defineRule({
  id: "useless-in-section",
  summary: "AllowOverride and options for links stand in Directory sections",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ report }) => ({
    directives: ["options", "allowoverride", "allowoverridelist"],
    directive(directive) {
      const { key, parent, words, spec } = directive;
      if (spec === null) return;
      const byPattern =
        parent.key === "directorymatch" || (parent.key === "directory" && parent.words[0]?.value === "~");
      if (/^allowoverride(?:list)?$/.test(key) && (byPattern || LATE.has(parent.key))) {
        report({
          ...nameOnly(directive.origin),
          message: `Useless ${directive.name}: access files are looked for before <${parent.name}> ${byPattern ? "with a pattern " : ""}counts`,
          help: "put it into a `<Directory>` with a path",
        });
        return;
      }
      if (key !== "options" || !LATE.has(parent.key)) return;
      for (const word of words) {
        if (!LINKS.test(word.value)) continue;
        const off = word.value.startsWith("-");
        report({
          ...wordOnly(directive, word),
          message: `Useless ${word.value}: links are ${off ? "followed" : "checked"} before <${parent.name}> counts`,
          help: "put it into a `<Directory>`",
          // Who switches it off believes to be safe from something.
          ...(off ? {} : { severity: "info" as const }),
        });
      }
    },
  }),
});
