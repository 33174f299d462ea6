import type { Word } from "../../grammar/word.ts";
import { candidacyDefinitions } from "../balance/candidacy/index.ts";
import type { CandidacyDefinition } from "../balance/candidacy.ts";
import { gluedFunction } from "./glued-function.ts";
import { nameOnly } from "./places.ts";
import type { ActiveConfig, ActiveDirective, ActiveSection } from "../config/active-config.ts";

/** One Backhand or BackhandFromSO line, or one of `BackhandbyAge`, whose blank is missing. */
export interface PipelineStep {
  readonly directive: ActiveDirective;
  /** The function's name. */
  readonly name: Word;
  readonly argument: Word | null;
  /** File of a BackhandFromSO line. */
  readonly sharedObject: Word | null;
  /** Null for a function that we do not have. */
  readonly definition: CandidacyDefinition | null;
}

/** The candidacy functions of one section, in order; they replace what the section would inherit. */
export interface Pipeline {
  readonly section: ActiveSection;
  readonly steps: readonly [PipelineStep, ...PipelineStep[]];
}

const functions = new Map(
  candidacyDefinitions.filter(({ sharedObject }) => sharedObject === null).map((one) => [one.name, one]),
);
const fromSharedObjects = new Map(
  candidacyDefinitions.flatMap((one) => (one.sharedObject === null ? [] : [[`${one.sharedObject} ${one.name}`, one]])),
);
const cache = new WeakMap<ActiveConfig, readonly Pipeline[]>();

function stepOf(directive: ActiveDirective): PipelineStep | null {
  if (directive.key === "backhand") {
    const [name, argument] = directive.words;
    if (name === undefined) return null;
    const definition = functions.get(name.value) ?? null;
    return { directive, name, argument: argument ?? null, sharedObject: null, definition };
  }
  if (directive.key === "backhandfromso") {
    const [file, name, argument] = directive.words;
    if (file === undefined || name === undefined) return null;
    const base = file.value.slice(file.value.lastIndexOf("/") + 1);
    const definition = fromSharedObjects.get(`${base} ${name.value}`) ?? null;
    return { directive, name, argument: argument ?? null, sharedObject: file, definition };
  }
  // Reported as an unknown directive; the rest of the pipeline is judged as it is meant.
  const glued = directive.unknown === undefined ? null : gluedFunction(directive.name);
  if (glued !== null) {
    const { start, end } = nameOnly(directive.origin).span;
    const name: Word = { start, end, value: glued.name, quote: "", terminated: true };
    return { directive, name, argument: directive.words[0] ?? null, sharedObject: null, definition: glued };
  }
  return null;
}

/** The pipelines of a configuration, in reading order of their sections. */
export function pipelinesOf(config: ActiveConfig): readonly Pipeline[] {
  const known = cache.get(config);
  if (known !== undefined) return known;
  const found: Pipeline[] = [];
  const stack: ActiveSection[] = [config.server];
  for (let section = stack.pop(); section !== undefined; section = stack.pop()) {
    const steps = section.children.flatMap((node) => (node.kind === "directive" ? (stepOf(node) ?? []) : []));
    const [first, ...rest] = steps;
    if (first !== undefined) found.push({ section, steps: [first, ...rest] });
    for (const node of section.children.toReversed()) if (node.kind === "section") stack.push(node);
  }
  cache.set(config, found);
  return found;
}
