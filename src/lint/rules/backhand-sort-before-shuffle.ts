import { pipelinesOf, type PipelineStep } from "../pipelines.ts";
import { wordOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

/** A shuffle undoes every order before it, unless a window between them has kept the best of that order. */
export const backhandSortBeforeShuffle = defineRule({
  id: "backhand-sort-before-shuffle",
  summary: "No shuffle undoes a sort",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ config, report }) => ({
    end() {
      for (const { steps } of pipelinesOf(config)) {
        let sorted: PipelineStep[] = [];
        for (const step of steps) {
          const effect = step.definition?.effect;
          if (effect === "sort") sorted.push(step);
          if (effect === undefined || effect === "window" || effect === "filter") {
            // bySession and its like may take the first of the order.
            if (effect !== "filter" || step.name.value === "bySession") sorted = [];
          }
          if (effect !== "shuffle") continue;
          for (const { directive, name } of sorted) {
            const message = `Lost sort: ${step.name.value} shuffles the list again after ${name.value}`;
            const related = [{ origin: step.directive.origin, message: "shuffled here" }];
            report({ ...wordOnly(directive, name), message, related, help: `put \`${name.value}\` after the shuffle` });
          }
          sorted = [];
        }
      }
    },
  }),
});
