import { closest, distance } from "fastest-levenshtein";
import type { PipelineStep } from "../routing/match.ts";
import type { CandidacyDefinition, CandidacyFunction } from "./candidacy.ts";
import { candidacyDefinitions, findCandidacyDefinition } from "./candidacy/index.ts";

/** The candidacy functions of one place of the configuration, ready to run. */
export interface Pipeline {
  readonly functions: readonly PipelineFunction[];
}

/** One line of the configuration with the function that it names. */
export interface PipelineFunction {
  readonly step: PipelineStep;
  readonly effect: CandidacyDefinition["effect"];
  readonly run: CandidacyFunction;
  /** Nothing before it put the list in random order: ties of this sort would always fall to the same server. */
  readonly shuffleFirst: boolean;
}

/** A line that cannot run, with the way out. */
export interface PipelineError {
  readonly step: PipelineStep;
  readonly message: string;
}

/** Finds a function of a module that was loaded for a BackhandFromSO line; null when that module was not loaded. */
export type FindLoaded = (file: string, name: string) => CandidacyDefinition | null;

/**
 * Builds the functions that the lines name. All lines are looked at, so that every error is told at once.
 */
export function createPipeline(
  steps: readonly PipelineStep[],
  findLoaded: FindLoaded = () => null,
): Pipeline | { readonly errors: readonly PipelineError[] } {
  const functions: PipelineFunction[] = [];
  const errors: PipelineError[] = [];
  let ordered = false;
  for (const step of steps) {
    const definition = find(step, findLoaded);
    const run = "error" in definition ? definition : definition.create(step.argument);
    if ("error" in definition || "error" in run) {
      const { error } = run as { readonly error: string };
      errors.push({ step, message: "error" in definition ? error : `${step.function}: ${error}` });
      continue;
    }
    const { effect } = definition;
    functions.push({ step, effect, run, shuffleFirst: effect === "sort" && !ordered });
    if (effect === "sort" || effect === "shuffle") ordered = true;
  }
  return errors.length > 0 ? { errors } : { functions };
}

function find(step: PipelineStep, findLoaded: FindLoaded): CandidacyDefinition | { readonly error: string } {
  const { function: name, from } = step;
  const builtIn = findCandidacyDefinition(name);
  if (from !== null) {
    const file = from.slice(from.lastIndexOf("/") + 1);
    if (builtIn?.sharedObject === file) return builtIn;
    return findLoaded(from, name) ?? { error: unloadable(name, from) };
  }
  if (builtIn === undefined) return { error: unknown(name) };
  if (builtIn.sharedObject !== null) {
    return { error: `Expected "BackhandFromSO ${builtIn.sharedObject} ${name}": ${name} comes from a shared object` };
  }
  return builtIn;
}

function unknown(name: string): string {
  const names = candidacyDefinitions.map((definition) => definition.name);
  const near = names.find((each) => each.toLowerCase() === name.toLowerCase()) ?? closest(name.slice(0, 64), names);
  const hint = distance(name.slice(0, 64).toLowerCase(), near.toLowerCase()) <= 3 ? `; did you mean ${near}?` : "";
  return `Unknown candidacy function "${name}"${hint}`;
}

function unloadable(name: string, file: string): string {
  if (/\.m?js$/.test(file)) return `Module "${file}" has no candidacy function "${name}" or was not loaded`;
  const subject =
    name === "byPerl"
      ? "byPerl is not supported: Perl cannot run here"
      : `Shared objects cannot be loaded: "${name}" of ${file}`;
  return `${subject}; write the function as an ES module (servers and request in, list out) and name that file instead`;
}
