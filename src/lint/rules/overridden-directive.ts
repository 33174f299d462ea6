import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import { isPerhaps } from "../conditional-lines.ts";
import { nameOnly } from "../places.ts";
import { defineRule } from "../rule.ts";
import { everySection, placeOf } from "../sections.ts";

/** Directives of which one section has one value, the last. */
const SINGLE: ReadonlySet<string> = new Set(
  (
    "accessfilename allowoverride authname authtype documentroot errorlog group hostnamelookups keepalive " +
    "keepalivetimeout maxclients maxkeepaliverequests maxrequestworkers maxspareservers minspareservers order pidfile " +
    "port rewriteengine satisfy serveradmin servername serverroot serversignature servertokens sethandler sslengine " +
    "startservers timeout traceenable usecanonicalname user"
  ).split(" "),
);

const sameLimit = (a: ActiveDirective, b: ActiveDirective): boolean => a.limit?.origin.line === b.limit?.origin.line;

/** Only within one file: that an included file changes what the main one says is what it is included for. */
export const overriddenDirective = defineRule({
  id: "overridden-directive",
  summary: "A directive with one value is set once in a section",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report, isFull }) =>
    everySection(config, (section: ActiveSection) => {
      const seen = new Map<string, ActiveDirective>();
      for (const node of section.children) {
        if (node.kind !== "directive" || node.spec === null || !SINGLE.has(node.key)) continue;
        const before = seen.get(node.key);
        seen.set(node.key, node);
        if (before === undefined || before.origin.reading !== node.origin.reading || !sameLimit(before, node)) continue;
        if (isFull()) return;
        if (isPerhaps(before, config) || isPerhaps(node, config)) continue;
        const same = before.rawArgs.toLowerCase() === node.rawArgs.toLowerCase();
        report({
          ...nameOnly(before.origin),
          message: `Overridden ${node.name}: ${placeOf(node.origin, before.origin)} sets it again`,
          ...(same ? { severity: "info" as const } : {}),
          help: same ? "both say the same: one is enough" : "the last one counts; take out the other",
          related: [{ origin: node.origin, message: "set again here" }],
        });
      }
    }),
});
