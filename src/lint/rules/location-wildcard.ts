import { dialects } from "../../../grammar/dialect.ts";
import { restricts } from "../access-rules.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

/** Wildcards of sections are matched with FNM_PATHNAME: no star is ever a slash. */
export const locationWildcard = defineRule({
  id: "location-wildcard",
  summary: "A star at the end of a Location is not taken for everything below",
  category: "semantics",
  severity: "info",
  fixable: "no",
  dialects,
  create: ({ report }) => ({
    section(section) {
      const [path] = section.words;
      if (section.key !== "location" || path === undefined || !/[^*\\]\*$/.test(path.value)) return;
      report({
        ...wordOnly(section, path),
        message: `Shallow section: the star of ${quote(path.value)} matches no slash, so what lies deeper is not in it`,
        // Who writes a rule of access that way leaves the deeper places open.
        ...(restricts(section) ? { severity: "warning" as const } : {}),
        help: path.value.endsWith("/*")
          ? `write \`<Location ${path.value.slice(0, -1)}>\` for everything below`
          : `write \`<LocationMatch "^${path.value.slice(0, -1).replace(/[.+]/g, "\\$&")}">\` for everything that begins so`,
      });
    },
  }),
});
