import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import { nameOnly } from "../places.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, firstWord, isWholeServer, lastOf } from "../sections.ts";

function isOn(section: ActiveSection): boolean {
  return firstWord(lastOf(section, "rewriteengine")).toLowerCase() === "on";
}

/** The engine is off until a RewriteEngine of the same server, host or folder says otherwise. */
export const rewriteWithoutEngine = defineRule({
  id: "rewrite-without-engine",
  summary: "Rewrite rules stand where RewriteEngine is on",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => {
    const first = new Map<ActiveSection, ActiveDirective>();
    let anywhere = false;
    return {
      directives: ["rewriteengine", "rewriterule"],
      directive(directive) {
        if (directive.spec === null) return;
        if (directive.key === "rewriteengine") anywhere ||= firstWord(directive).toLowerCase() === "on";
        if (directive.key === "rewriterule" && !first.has(directive.parent)) first.set(directive.parent, directive);
      },
      end() {
        for (const [section, directive] of first) {
          const isHost = section.key === "virtualhost";
          if (isOn(section) || (isHost && config.dialect === "2.4" && isOn(config.server))) continue;
          // Folders get theirs from the folders above, and a piece of a configuration from where it is included.
          const isOff = directivesOf(section, "rewriteengine").length > 0;
          if (!isHost && !isOff && (anywhere || !isWholeServer(config))) continue;
          report({
            ...nameOnly(directive.origin),
            message: isOff
              ? "Idle RewriteRule: RewriteEngine is off here"
              : "Idle RewriteRule: no RewriteEngine On here",
            help:
              isHost && isOn(config.server)
                ? "the main server's RewriteEngine does not count in virtual hosts: add `RewriteEngine On`"
                : "add `RewriteEngine On` to the same section",
          });
        }
      },
    };
  },
});
