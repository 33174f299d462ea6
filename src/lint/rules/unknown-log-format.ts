import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveDirective } from "../../config/active-config.ts";
import { nearest } from "../nearest.ts";
import { fixAt, wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { isWholeServer, placeOf } from "../sections.ts";

/** What nearly every configuration defines. */
const USUAL: ReadonlySet<string> = new Set(["common", "combined", "vhost_combined", "combinedio", "referer", "agent"]);

/** The usual name that a word is a slip of, without a letter more at its end: `combined2` may well exist. */
function slipOf(word: string): string | null {
  const meant = nearest(word, USUAL);
  return meant === null || Math.abs(meant.length - word.length) > 1 || word.startsWith(meant) ? null : meant;
}

/** A name that no LogFormat has is taken for a format, and every line of the log reads just that. */
export const unknownLogFormat = defineRule({
  id: "unknown-log-format",
  summary: "CustomLog names a format that LogFormat defines",
  category: "semantics",
  severity: "warning",
  fixable: "unsafe",
  dialects,
  create: ({ config, report }) => {
    const logs: ActiveDirective[] = [];
    const names = new Map<string, ActiveDirective>();
    return {
      directives: ["logformat", "customlog", "globallog"],
      directive(directive) {
        const [, second] = directive.words;
        if (directive.spec === null || second === undefined) return;
        if (directive.key === "logformat") names.set(second.value, directive);
        if (directive.key === "customlog" || directive.key === "globallog") logs.push(directive);
      },
      end() {
        // Without any LogFormat it is a piece of a configuration, whose formats stand elsewhere; most have these.
        const isPiece = names.size === 0;
        // So may a virtual host's file with a format of its own, beside the server's.
        const known = isPiece ? USUAL : new Set([...names.keys(), "CLF", ...(isWholeServer(config) ? [] : USUAL)]);
        for (const log of logs) {
          const format = log.words[1];
          if (format === undefined || !/^[\w-]+$/.test(format.value) || known.has(format.value)) continue;
          const meant = isPiece ? slipOf(format.value) : nearest(format.value, names.keys());
          if (isPiece && meant === null) continue;
          const definition = meant === null ? undefined : names.get(meant);
          report({
            ...wordOnly(log, format),
            message: `Unknown format ${quote(format.value)}: every line of the log will read just that`,
            help: meant === null ? "define it with LogFormat" : `did you mean \`${meant}\`?`,
            ...(definition === undefined
              ? {}
              : {
                  related: [
                    { origin: definition.origin, message: `defined on ${placeOf(definition.origin, log.origin)}` },
                  ],
                }),
            ...(meant === null
              ? {}
              : fixAt(log.origin, false, [{ start: format.start, end: format.end, text: meant }])),
          });
        }
      },
    };
  },
});
