import { mistypedCloses } from "../mistyped-close.ts";
import { nameOnly } from "../places.ts";
import { problemRule } from "../problem-rule.ts";
import { defineRule } from "../rule.ts";

const refused = problemRule({
  id: "unclosed-section",
  summary: "Every section is closed",
  category: "syntax",
  severity: "warning",
  // unmatched-close says it, at the closing tag.
  ignore: (problem, config) => mistypedCloses(config).consequences.has(problem),
});

const CONDITIONAL = /^if(?:module|define|version|file|directive|section)$/i;

/** A true conditional needs no end at the end of a file in any httpd, so the reader says nothing; readers of the file need one. */
export const unclosedSection = defineRule({
  ...refused,
  create: (context) => {
    const { config, report } = context;
    const reported = new Set<unknown>();
    const visitor = refused.create(context);
    return {
      problem(problem) {
        if (problem.kind === "unclosed-section") reported.add(problem.origin.line);
        visitor.problem?.(problem);
      },
      end() {
        for (const { open } of mistypedCloses(config).byClose.values()) reported.add(open);
        for (const origin of config.openAtEnd) {
          const { line } = origin;
          if (line.kind !== "open" || !CONDITIONAL.test(line.name) || reported.has(line)) continue;
          report({
            ...nameOnly(origin),
            message: `<${line.name}> is not closed; httpd forgives it at the end of a file`,
            help: `add \`</${line.name}>\``,
          });
        }
      },
    };
  },
});
