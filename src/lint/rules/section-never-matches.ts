import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveSection } from "../../config/active-config.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

type Reason = readonly [string, string];

/** Signs of a regular expression that no path and no shell pattern has. */
const EXPRESSION = /^\^|\$$|\([^()]*\|[^()]*\)|\\\./;

function reasonOf({ key, name }: ActiveSection, value: string): Reason | null {
  if (EXPRESSION.test(value)) {
    return ["paths are compared letter by letter, with * and ? at most", `write \`<${name}Match>\` for expressions`];
  }
  if (key === "files") {
    return value.includes("/")
      ? [
          "Files compares the last part of the path alone",
          "put `<Files>` with the name into a `<Directory>` with the path",
        ]
      : null;
  }
  if (key !== "location") return null;
  if (/\?[\w.-]+=/.test(value)) return ["a query is no part of the path", "compare the query in `<If>` or RewriteCond"];
  const isPath = /^(?:\/|[*?[]|[\w+.-]+:|\$\{|%)/.test(value);
  return isPath ? null : ["every path of a URL begins with a slash", `write \`/${value}\``];
}

/** Sections whose argument no request can have; what stands in them has never been in force. */
export const sectionNeverMatches = defineRule({
  id: "section-never-matches",
  summary: "A section has an argument that requests can have",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  shadows: ["relative-directory-section", "file-path-in-location", "location-wildcard"],
  create: ({ report }) => ({
    section(section) {
      const [word] = section.words;
      if (!/^(?:directory|location|files)$/.test(section.key) || word === undefined || section.spec === null) return;
      if (word.value === "~" || word.value === "" || word.value.length > 1000) return;
      const reason = reasonOf(section, word.value);
      if (reason === null) return;
      report({
        ...wordOnly(section, word),
        message: `<${section.name}> that never matches ${quote(word.value)}: ${reason[0]}`,
        help: reason[1],
      });
    },
  }),
});
