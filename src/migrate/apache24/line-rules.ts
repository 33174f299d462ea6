import { lookupDirective } from "../../../grammar/directives/lookup.ts";
import type { ActiveDirective, ActiveNode } from "../../config/active-config.ts";
import { decides } from "../deciding.ts";
import type { SourceLine } from "../source-lines.ts";
import type { Verdict } from "../verdict.ts";
import { changed, dropped, kept, lost } from "../verdict.ts";
import { authRules } from "./auth-rules.ts";
import type { LineContext, LineRule } from "./line-rule.ts";
import { logicalText } from "./line-rule.ts";
import { logRules } from "./log-rules.ts";
import { mappingRules } from "./mapping-rules.ts";
import { processRules } from "./process-rules.ts";
import { sslRules } from "./ssl-rules.ts";

const rules: ReadonlyMap<string, LineRule> = new Map(
  [...processRules, ...mappingRules, ...logRules, ...authRules, ...sslRules].flatMap(([names, rule]) =>
    names.split(" ").map((name) => [name, rule] as const),
  ),
);

/** Judges a directive of an older httpd by itself, whatever stands around it. */
export function judgeDirective(directive: ActiveDirective, context: LineContext, line: SourceLine): Verdict {
  // The list of modules is made anew for each output.
  if (context.dialect !== "2.4" || directive.key === "loadmodule") {
    const judged = rules.get(directive.key)?.(directive, context, line);
    if (judged !== undefined && judged !== null) return judged;
  }
  return whatIsLost(directive, context) ?? asItIs(line);
}

/** Null when 2.4 has a directive or section, in a module that is there; else what its loss means. */
export function whatIsLost(node: ActiveNode, { hasModule }: LineContext): Verdict | null {
  const specs = lookupDirective("2.4", node.name, node.kind === "section");
  if (specs.some(({ module }) => hasModule(module))) return null;
  const [spec] = specs;
  const shown = node.kind === "section" ? `<${node.name}>` : node.name;
  const module = spec?.module ?? node.spec?.module.replace(/\.c$/, "");
  const why =
    module === undefined
      ? `nobody knows ${shown}: 2.4 would stop at it`
      : spec === undefined
        ? `2.4 no longer has ${shown} (${module})`
        : `${shown} needs ${module}, which is not there`;
  if (databaseUsers.test(node.key)) {
    return lost(`${why}: nobody gets in by it; mod_authn_dbd of 2.4 asks a database (AuthDBDUserPWQuery)`);
  }
  return decides(node) ? lost(why) : dropped(why);
}

/** Modules of others that look up users in a database: MySQL, PostgreSQL, Oracle, mSQL. */
const databaseUsers = /^auth_?(?:mysql|pg|pgsql|ora|msql)/;

/**
 * A line that 2.4 reads alike. It joins lines at every backslash, where older ones take two of them for one at the end of a
 * line.
 */
export function asItIs(line: SourceLine): Verdict {
  const dialect = line.file.reading.tree.dialect;
  if (dialect === "2.4" || !line.text.includes("\\")) return kept;
  const endsOpen = /\\\r?$/.test(line.text);
  if (!endsOpen && !/\\\\\r?\n/.test(line.text)) return kept;
  const why = "2.4 would take the backslash at the end for a continuation";
  return changed(endsOpen ? `${logicalText(line)} ` : logicalText(line), why);
}
