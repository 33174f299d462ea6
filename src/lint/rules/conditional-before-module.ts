import { findModule } from "../../../grammar/directives/lookup.ts";
import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveDirective } from "../../config/active-config.ts";
import { nameOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { placeOf } from "../sections.ts";

/** Conditionals are decided where they stand, with what was loaded and defined until there. */
export const conditionalBeforeModule = defineRule({
  id: "conditional-before-module",
  summary: "Modules and names are there before the conditionals that ask for them",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => {
    const makers = new Map<string, ActiveDirective>();
    return {
      directives: ["loadmodule", "define"],
      directive(directive) {
        const [first] = directive.words;
        if (directive.spec === null || first === undefined) return;
        if (directive.key === "loadmodule" && !makers.has(first.value)) makers.set(first.value, directive);
        if (directive.key === "define") makers.set(`define ${first.value}`, directive);
      },
      end() {
        for (const { key, argument, value, decidedBy, origin } of config.conditionals) {
          const negated = argument.startsWith("!");
          if (value !== negated || decidedBy !== null) continue;
          const name = negated ? argument.slice(1) : argument;
          const identifier = findModule(config.dialect, name)?.identifier ?? name;
          const maker = makers.get(key === "ifdefine" ? `define ${name}` : key === "ifmodule" ? identifier : "");
          if (maker === undefined) continue;
          // The usual way to set what nobody has set: `<IfDefine !X>`, `Define X`.
          if (negated && (key === "ifdefine" || maker.origin.line.start > origin.line.start)) {
            if (maker.origin.reading === origin.reading) continue;
          }
          const where = placeOf(maker.origin, origin);
          report({
            ...nameOnly(origin),
            message: negated
              ? `Misleading branch: ${quote(name)} is ${key === "ifdefine" ? "defined" : "loaded"} only later, on ${where}`
              : `Dead branch: ${quote(name)} is ${key === "ifdefine" ? "defined" : "loaded"} only later, on ${where}`,
            help: "move that line before the conditional",
            related: [{ origin: maker.origin, message: "too late here" }],
          });
        }
      },
    };
  },
});
