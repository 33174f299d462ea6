import { dialects } from "../../grammar/dialect.ts";
import type { ActiveConfig, ReadProblem, ReadProblemKind } from "../config/active-config.ts";
import type { Category, Fix, Severity } from "../diagnostics/diagnostic.ts";
import { defineRule, type Rule } from "./rule.ts";

interface ProblemRule {
  readonly id: ReadProblemKind;
  readonly summary: string;
  readonly category: Category;
  /** Of findings that are not fatal; fatal ones are errors. */
  readonly severity: Severity;
  readonly fixable?: Rule["fixable"];
  readonly shadows?: readonly string[];
  /** Where the reader gives none. */
  readonly help?: string;
  /** The severity of one finding, where that differs. */
  readonly severityOf?: (problem: ReadProblem) => Severity;
  /** Findings that say nothing about the configuration. */
  readonly ignore?: (problem: ReadProblem, config: ActiveConfig) => boolean;
  /** For what is found again and again behind the first place of a line. */
  readonly oncePerLine?: boolean;
  /** A repair, or null when there is none that the author plainly meant. */
  readonly fix?: (problem: ReadProblem, config: ActiveConfig) => Fix | null;
  /** Better advice than the reader's, or undefined. */
  readonly advice?: (problem: ReadProblem, config: ActiveConfig) => string | undefined;
}

/** A rule that reports what the reader found under the rule's id; httpd's reading is in one place, and that is not here. */
export function problemRule({
  fix,
  advice,
  help: usualHelp,
  severityOf,
  ignore,
  oncePerLine = false,
  shadows,
  fixable = "no",
  ...rule
}: ProblemRule): Rule {
  return defineRule({
    ...rule,
    fixable,
    dialects,
    ...(shadows === undefined ? {} : { shadows }),
    create: ({ config, report }) => {
      const reported = new Set<string>();
      return {
        problem(problem) {
          if (problem.kind !== rule.id || ignore?.(problem, config) === true) return;
          if (oncePerLine) {
            const { source } = problem.origin.reading;
            const place = `${source.position(problem.span.start).line} ${source.path}`;
            if (reported.has(place)) return;
            reported.add(place);
          }
          const { origin, span, message, fatal, related } = problem;
          const help = advice?.(problem, config) ?? problem.help ?? usualHelp;
          const repair = origin.expandedFrom === undefined ? (fix?.(problem, config) ?? null) : null;
          const expanded =
            origin.expandedFrom === undefined ? [] : [{ origin: origin.expandedFrom, message: "expanded here" }];
          report({
            reading: origin.reading,
            span,
            message,
            fatal,
            ...(severityOf === undefined ? {} : { severity: severityOf(problem) }),
            related: [...(related ?? []), ...expanded],
            ...(help === undefined ? {} : { help }),
            ...(repair === null ? {} : { fix: repair }),
          });
        },
      };
    },
  });
}
