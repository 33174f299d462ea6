import { dialects } from "../../../grammar/dialect.ts";
import { wordOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

/** The check is also no protection: links may be changed between it and the opening of the file. */
export const symlinkChecks = defineRule({
  id: "symlink-checks",
  summary: "Owners of symbolic links are checked only where that is needed",
  category: "performance",
  severity: "info",
  fixable: "no",
  dialects,
  create: ({ report }) => ({
    directives: ["options"],
    directive(directive) {
      if (directive.key !== "options" || directive.spec === null) return;
      const values = directive.words.map(({ value }) => value.toLowerCase());
      if (values.some((value) => /^\+?(?:followsymlinks|all)$/.test(value))) return;
      const word = directive.words.find(({ value }) => /^\+?symlinksifownermatch$/i.test(value));
      if (word === undefined) return;
      report({
        ...wordOnly(directive, word),
        message: "Slow files: each folder of a path is looked at for links, for each request",
        help: "write FollowSymLinks where nobody else may put links",
      });
    },
  }),
});
