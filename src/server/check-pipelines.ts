import { createPipeline } from "../balance/pipeline.ts";
import type { Place, RoutingTable, TableDirective, TableSection } from "../compile/table.ts";
import { pipelineOf } from "../routing/merge.ts";
import { ServerError } from "./server-error.ts";

/** Throws a ServerError that names every Backhand line of the table whose function cannot run. */
export function checkPipelines(table: RoutingTable, where: (place: Place) => string): void {
  const problems: string[] = [];
  const check = (directives: readonly TableDirective[]): void => {
    const made = createPipeline(pipelineOf(directives));
    if ("errors" in made) {
      for (const { step, message } of made.errors) problems.push(`${message} (${where(step.place)})`);
    }
  };
  const checkSections = (sections: readonly TableSection[]): void => {
    for (const section of sections) {
      check(section.directives);
      checkSections(section.sections);
    }
  };
  for (const host of table.hosts) check(host.directives);
  checkSections(table.sections);
  if (problems.length > 0) throw new ServerError("BACKHAND_BAD_TABLE", problems.join("\n"));
}
