import { findModule } from "../../../grammar/directives/lookup.ts";
import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveDirective, ActiveNode } from "../../config/active-config.ts";
import { nameOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { placeOf } from "../sections.ts";

/** The module is loaded, but further down: httpd stops at the directive all the same. */
export const directiveBeforeModule = defineRule({
  id: "directive-before-module",
  summary: "Modules are loaded before their directives",
  category: "semantics",
  severity: "error",
  fixable: "no",
  dialects,
  shadows: ["unknown-directive"],
  create: ({ config, report }) => {
    const early: ActiveNode[] = [];
    const loads = new Map<string, ActiveDirective>();
    const take = (node: ActiveNode): void => {
      if (node.unknown?.reason === "inactive") early.push(node);
    };
    return {
      section: take,
      directive(directive) {
        take(directive);
        const [identifier] = directive.words;
        if (directive.key === "loadmodule" && identifier !== undefined) loads.set(identifier.value, directive);
      },
      end() {
        for (const node of early) {
          if (node.origin === null || node.unknown?.reason !== "inactive") continue;
          const identifiers = node.unknown.modules.map((name) => findModule(config.dialect, name)?.identifier ?? "");
          const load = identifiers.map((one) => loads.get(one)).find((one) => one !== undefined);
          if (load === undefined) continue;
          report({
            ...nameOnly(node.origin),
            message: `Unknown directive ${quote(node.name)} here: its module is loaded only later, on ${placeOf(load.origin, node.origin)}`,
            help: "move the LoadModule before it",
            fatal: true,
            related: [{ origin: load.origin, message: "too late here" }],
          });
        }
      },
    };
  },
});
