import { pipelinesOf } from "../pipelines.ts";
import { wordOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

/** Nothing but byAge takes a server out of the list that stopped announcing itself. */
export const backhandNoAge = defineRule({
  id: "backhand-no-age",
  summary: "Every choice drops servers that were not heard from",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ config, report }) => ({
    end() {
      for (const { steps } of pipelinesOf(config)) {
        const stops = steps.some(({ definition }) => definition?.effect === "stop");
        if (stops || steps.some(({ name }) => name.value.toLowerCase() === "byage")) continue;
        const [first] = steps;
        const message = "Missing byAge: servers that stopped announcing themselves still get requests";
        report({ ...wordOnly(first.directive, first.name), message, help: "put `Backhand byAge 6` first" });
      }
    },
  }),
});
