import { isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { PipelineStep } from "../routing/match.ts";
import type { Candidate, CandidacyContext, CandidacyDefinition, CandidacyFunction } from "./candidacy.ts";
import type { FindLoaded, PipelineError } from "./pipeline.ts";

/**
 * What a module exports under the name in the configuration: servers, context and argument in, servers out. The list is the
 * function's own to change, the servers in it are not. It cannot wait for anything.
 */
export type ModuleFunction = (
  candidates: readonly Candidate[],
  context: CandidacyContext,
  argument: string | null,
) => readonly Candidate[];

/** Imports a module; replaceable in tests. */
export type ImportModule = (path: string) => Promise<Readonly<Record<string, unknown>>>;

const WARN_EVERY_MS = 60_000;

/**
 * Loads the ES modules that BackhandFromSO lines name, each once; relative paths are relative to the server root. Lines that
 * cannot be loaded are errors; the others can be found by the returned function, for createPipeline.
 */
export async function loadModules(
  steps: readonly PipelineStep[],
  serverRoot: string,
  importModule: ImportModule = (path) => import(pathToFileURL(path).href) as ReturnType<ImportModule>,
): Promise<{ readonly find: FindLoaded; readonly errors: readonly PipelineError[] }> {
  const loaded = new Map<string, Readonly<Record<string, unknown>> | string>();
  const errors: PipelineError[] = [];
  for (const step of steps) {
    const { from, function: name } = step;
    if (from === null || !/\.m?js$/.test(from)) continue;
    let module = loaded.get(from);
    if (module === undefined) {
      try {
        module = await importModule(isAbsolute(from) ? from : join(serverRoot, from));
      } catch (error) {
        module = `Cannot load "${from}": ${messageOf(error)}`;
      }
      loaded.set(from, module);
    }
    if (typeof module === "string") errors.push({ step, message: module });
    else if (typeof module[name] !== "function") {
      errors.push({ step, message: `Expected a function "${name}" among the exports of "${from}"` });
    }
  }
  return {
    errors,
    find(file, name) {
      const module = loaded.get(file);
      const exported = typeof module === "object" ? module[name] : undefined;
      return typeof exported === "function" ? definitionOf(file, name, exported as ModuleFunction) : null;
    },
  };
}

function definitionOf(file: string, name: string, run: ModuleFunction): CandidacyDefinition {
  return {
    name,
    sharedObject: file,
    summary: `function of ${file}`,
    argument: { description: "given to the function", default: null },
    ours: true,
    effect: "filter",
    create: (argument) => guarded(`${name} of ${file}`, run, argument),
  };
}

/**
 * A mistake in a module must cost its own effect and not the request: when the function throws or gives something else than a
 * list of the servers that it got, or of this one, the list stays as it was, and the log says so once a minute.
 */
function guarded(title: string, run: ModuleFunction, argument: string | null): CandidacyFunction {
  let warnedMs = -Infinity;
  return (candidates, context) => {
    let problem: string;
    try {
      // A copy: a module that sorts in place would sort the list of all requests to come.
      const list: unknown = run([...candidates], context, argument);
      if (isListOf(list, [...candidates, context.self])) return list;
      problem = "gave something else than a list of servers that it got, each once";
    } catch (error) {
      problem = `failed: ${messageOf(error)}`;
    }
    if (Math.abs(context.nowMs - warnedMs) >= WARN_EVERY_MS) {
      warnedMs = context.nowMs;
      context.warn(`${title} ${problem}`);
    }
    return candidates;
  };
}

/** Members are told by their names: functions may give changed copies, as addPrediction does. */
function isListOf(list: unknown, known: readonly Candidate[]): list is readonly Candidate[] {
  if (!Array.isArray(list)) return false;
  const left = new Set(known.map((candidate) => candidate.id));
  return list.every(
    (each: unknown) => typeof each === "object" && each !== null && "id" in each && left.delete(String(each.id)),
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
