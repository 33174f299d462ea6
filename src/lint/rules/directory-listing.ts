import { dialects } from "../../../grammar/dialect.ts";
import { wordOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

const OPTION =
  /^[+-]?(?:none|all|indexes|includes|includesnoexec|followsymlinks|symlinksifownermatch|execcgi|runscripts|multiviews)$/i;

/** Listings are often wanted, and the configurations that httpd comes with switch them on: a remark. */
export const directoryListing = defineRule({
  id: "directory-listing",
  summary: "Folders are listed only where that is wanted",
  category: "security",
  severity: "info",
  fixable: "no",
  dialects,
  create: ({ report }) => ({
    directives: ["options"],
    directive(directive) {
      if (directive.key !== "options" || directive.spec === null) return;
      const word = directive.words.find(({ value }) => /^\+?(?:indexes|all)$/i.test(value));
      // A line with other words is a mistake of another kind, and the word may belong to that.
      if (word === undefined || !directive.words.every(({ value }) => OPTION.test(value))) return;
      const all = /all$/i.test(word.value);
      report({
        ...wordOnly(directive, word),
        message: `Listed folders: ${all ? "All has Indexes in it, and" : "with Indexes"} a folder without index file shows its files`,
        help: all ? "name the options that are needed" : "take Indexes out where nobody needs the list",
      });
    },
  }),
});
