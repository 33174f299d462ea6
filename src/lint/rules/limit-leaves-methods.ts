import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveSection, MethodLimit } from "../../config/active-config.ts";
import { grantsAll } from "../access-rules.ts";
import { nameOnly } from "../places.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, everySection } from "../sections.ts";

/** Directives in a Limit hold for its methods only; methods that it does not name are as if nothing was said. */
export const limitLeavesMethods = defineRule({
  id: "limit-leaves-methods",
  summary: "Access is not restricted for GET and POST only",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) =>
    everySection(config, (section: ActiveSection) => {
      const limited = new Set<MethodLimit>();
      let covered = false;
      for (const directive of directivesOf(section, "require", "deny")) {
        if (grantsAll(directive)) continue;
        // A LimitExcept beside it, or a line for all methods, takes care of the rest.
        if (directive.limit?.kind !== "Limit") covered = true;
        else if (directive.limit.methods.includes("GET")) limited.add(directive.limit);
      }
      if (covered) return;
      for (const { methods, origin } of limited) {
        report({
          ...nameOnly(origin),
          message: `Open methods: only ${methods.join(", ").slice(0, 100)} ${methods.length === 1 ? "is" : "are"} restricted, all others are for everybody`,
          help: "take out the <Limit> tags, and the rules hold for every method",
        });
      }
    }),
});
