import { pipelinesOf } from "../pipelines.ts";
import { wordOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

/** The window leaves some servers to compare. When nothing compares them, the first one gets the request, window or not. */
export const backhandNoSortAfterWindow = defineRule({
  id: "backhand-no-sort-after-window",
  summary: "A window is followed by a function that chooses among what it kept",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ config, report }) => ({
    end() {
      for (const { steps } of pipelinesOf(config)) {
        const at = steps.findLastIndex(({ definition }) => definition?.effect === "window");
        const window = steps[at];
        if (window === undefined) continue;
        const chooses = steps.slice(at + 1).some(({ definition, name }) => {
          const effect = definition?.effect;
          return effect === undefined || effect === "sort" || effect === "shuffle" || name.value === "bySession";
        });
        if (chooses) continue;
        const message = `Useless ${window.name.value}: nothing after it chooses among the servers that it keeps`;
        report({ ...wordOnly(window.directive, window.name), message, help: "add `Backhand byLoad` after it" });
      }
    },
  }),
});
