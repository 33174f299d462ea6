import { loadModules } from "../balance/load-modules.ts";
import { createPipeline } from "../balance/pipeline.ts";
import type { FindLoaded } from "../balance/pipeline.ts";
import type { Place, RoutingTable, TableDirective, TableSection } from "../compile/table.ts";
import type { PipelineStep } from "../routing/match.ts";
import { pipelineOf } from "../routing/merge.ts";
import { ServerError } from "./server-error.ts";

/**
 * Loads the modules that BackhandFromSO lines name and builds every pipeline once. Gives what finds the loaded functions;
 * throws a ServerError that names every line whose function cannot run.
 */
export async function loadPipelines(table: RoutingTable, where: (place: Place) => string): Promise<FindLoaded> {
  const pipelines = [...table.hosts.map(({ directives }) => directives), ...directivesIn(table.sections)].map(
    (directives) => pipelineOf(directives),
  );
  const { find, errors } = await loadModules(pipelines.flat(), table.serverRoot);
  const failed = new Map<PipelineStep, string>(errors.map(({ step, message }) => [step, message]));
  for (const steps of pipelines) {
    const made = createPipeline(steps, find);
    // What a module is missing says more than that its function is not known.
    if ("errors" in made) for (const { step, message } of made.errors) if (!failed.has(step)) failed.set(step, message);
  }
  if (failed.size > 0) {
    const problems = [...failed].map(([step, message]) => `${message} (${where(step.place)})`);
    throw new ServerError("BACKHAND_BAD_TABLE", problems.join("\n"));
  }
  return find;
}

function directivesIn(sections: readonly TableSection[]): readonly (readonly TableDirective[])[] {
  return sections.flatMap((section) => [section.directives, ...directivesIn(section.sections)]);
}
