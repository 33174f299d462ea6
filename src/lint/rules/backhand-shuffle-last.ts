import { pipelinesOf } from "../pipelines.ts";
import { wordOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

/** The first of the final list gets the request; after byRandom that is anybody, and no load is looked at. */
export const backhandShuffleLast = defineRule({
  id: "backhand-shuffle-last",
  summary: "A choice that is purely random is pointed out",
  category: "backhand",
  severity: "info",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ config, report }) => ({
    end() {
      for (const { steps } of pipelinesOf(config)) {
        const last = steps.findLast(({ definition }) =>
          ["shuffle", "sort", "window"].includes(definition?.effect ?? ""),
        );
        const known = steps.every(({ definition }) => definition !== null);
        // With a sort before it, that sort is the mistake, or a window has kept the best, and any of these will do.
        if (
          !known ||
          last?.name.value !== "byRandom" ||
          steps.some(({ definition }) => definition?.effect === "sort")
        ) {
          continue;
        }
        const message = "Random choice: no function after byRandom looks at the load";
        const help = "add `Backhand byLogWindow` and `Backhand byLoad` to prefer idle servers";
        report({ ...wordOnly(last.directive, last.name), message, help });
      }
    },
  }),
});
