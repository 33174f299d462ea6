import { findModule } from "../../../grammar/directives/lookup.ts";
import type { ActiveDirective } from "../../config/active-config.ts";
import { wordOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

const MODULE = "mod_backhand.c";

/**
 * Modules that are added later run first, and mod_backhand decides after all others, as its installation notes demand:
 * its AddModule line is the first after ClearModuleList. Without ClearModuleList httpd's own modules stand before it anyway,
 * and only those of third parties count.
 */
export const backhandModuleOrder = defineRule({
  id: "backhand-module-order",
  summary: "AddModule mod_backhand.c comes first",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ report }) => {
    let before: ActiveDirective | undefined;
    let cleared = false;
    return {
      directives: ["clearmodulelist", "addmodule"],
      directive(directive) {
        if (directive.key === "clearmodulelist") {
          cleared = true;
          before = undefined;
        }
        if (directive.key !== "addmodule") return;
        for (const word of directive.words) {
          if (word.value === MODULE && before !== undefined) {
            const message = `Late AddModule ${MODULE}`;
            const help = cleared
              ? "make it the first AddModule after ClearModuleList, so that it runs last"
              : "move it above the modules of other parties, so that it runs last";
            const related = [{ origin: before.origin, message: "added before it" }];
            report({ ...wordOnly(directive, word), message, help, related });
          }
          const status = findModule("1.3", word.value)?.status;
          if (word.value !== MODULE && (cleared || status === undefined || status === "third-party"))
            before ??= directive;
        }
      },
    };
  },
});
