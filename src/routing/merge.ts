import type { AccessSettings } from "../access/settings.ts";
import { accessSettings } from "../access/settings.ts";
import type { Dialect, TableDirective } from "../compile/table.ts";
import type { ByteString } from "./bytes.ts";
import { toBytes } from "./bytes.ts";
import type { EffectiveDirective, PipelineStep } from "./match.ts";
import { effectiveOf, hasLists, mergeSlots } from "./merge-slots.ts";
import type { RedirectRule } from "./redirect.ts";
import { parseRedirect, redirectNames } from "./redirect.ts";
import type { RoutingProblem } from "./translate.ts";

/** What a combination of sections amounts to; made once and kept. */
export interface Merged {
  readonly effective: readonly EffectiveDirective[];
  readonly pipeline: readonly PipelineStep[];
  readonly access: AccessSettings;
  /** From SetHandler; undefined when no line sets one, null for `None`. */
  readonly handler: string | null | undefined;
  /** From AddHandler (without RemoveHandler), extension in lower case without dot. */
  readonly handlersByExtension: ReadonlyMap<ByteString, string>;
  readonly redirects: readonly RedirectRule[];
  /** File names of DirectoryIndex. */
  readonly index: readonly ByteString[];
}

/** The candidacy functions among effective directives. */
export function pipelineOf(effective: readonly TableDirective[]): readonly PipelineStep[] {
  return effective.flatMap(({ name, args, place }): readonly PipelineStep[] => {
    const key = name.toLowerCase();
    if (key !== "backhand" && key !== "backhandfromso") return [];
    const [from, words] = key === "backhand" ? [null, args] : [args[0] ?? null, args.slice(1)];
    const [called, ...rest] = words;
    const argument = rest.length === 0 ? null : rest.join(" ");
    return called === undefined ? [] : [{ function: called, argument, from, place }];
  });
}

const extensionOf = (word: string): ByteString => toBytes(word).replace(/^\./, "").toLowerCase();

function extensionHandlers(effective: readonly TableDirective[]): ReadonlyMap<ByteString, string> {
  const handlers = new Map<ByteString, string>();
  for (const { name, args } of effective) {
    const key = name.toLowerCase();
    const [handler = "", ...extensions] = args;
    if (key === "addhandler") for (const extension of extensions) handlers.set(extensionOf(extension), handler);
    if (key === "removehandler") for (const extension of args) handlers.delete(extensionOf(extension));
  }
  return handlers;
}

const lastOf = (effective: readonly TableDirective[], name: string): TableDirective | undefined =>
  effective.findLast((directive) => directive.name.toLowerCase() === name);

/** The names of index files; a line of 2.4 with nothing but `disabled` takes away those before it. */
function indexNames(effective: readonly TableDirective[], dialect: Dialect): readonly ByteString[] {
  const lines = effective.filter(({ name }) => name.toLowerCase() === "directoryindex");
  if (lines.length === 0) return ["index.html"];
  const names: ByteString[] = [];
  for (const { args } of lines) {
    if (dialect === "2.4" && args.length === 1 && args[0]?.toLowerCase() === "disabled") names.length = 0;
    else names.push(...args.map(toBytes));
  }
  return names;
}

const redirectRules = new WeakMap<readonly TableDirective[], { readonly dialect: Dialect } & RedirectLines>();

interface RedirectLines {
  readonly rules: readonly RedirectRule[];
  readonly problems: readonly RoutingProblem[];
}

/** The Redirect lines of one layer, read once. */
function redirectsIn(layer: readonly TableDirective[], dialect: Dialect): RedirectLines {
  const known = redirectRules.get(layer);
  if (known?.dialect === dialect) return known;
  const rules: RedirectRule[] = [];
  const problems: RoutingProblem[] = [];
  for (const directive of layer) {
    if (!redirectNames.has(directive.name.toLowerCase())) continue;
    const rule = parseRedirect(directive, dialect);
    if ("error" in rule) problems.push({ place: directive.place, message: `${directive.name}: ${rule.error}` });
    else rules.push(rule);
  }
  const lines = { dialect, rules, problems };
  redirectRules.set(layer, lines);
  return lines;
}

/** The Redirect lines of layers as they are tried: those of an inner section before those of an outer one. */
export function redirectsOf(
  layers: readonly (readonly TableDirective[])[],
  dialect: Dialect,
  problems: RoutingProblem[],
): readonly RedirectRule[] {
  const redirects: RedirectRule[] = [];
  for (let at = layers.length - 1; at >= 0; at -= 1) {
    const lines = redirectsIn(layers[at] ?? [], dialect);
    for (const one of lines.rules) redirects.push(one);
    for (const one of lines.problems) problems.push(one);
  }
  return redirects;
}

/**
 * Makes everything that a request needs from its sections. `outer` are the lines outside of sections, which are merged once for
 * each list of them.
 */
export function merge(
  outer: readonly (readonly TableDirective[])[],
  sections: readonly (readonly TableDirective[])[],
  dialect: Dialect,
): Merged {
  const slots = mergeSlots(outer, sections, dialect);
  // What is looked at below stands in no slot of which a server may have hundreds of lines.
  const effective = effectiveOf(slots, true);
  const few = hasLists(slots) ? effectiveOf(slots, false) : effective;
  const setHandler = lastOf(few, "sethandler")?.args[0];
  return {
    effective,
    pipeline: pipelineOf(few),
    access: accessSettings(few, dialect),
    handler: setHandler === undefined ? undefined : setHandler.toLowerCase() === "none" ? null : setHandler,
    handlersByExtension: extensionHandlers(few),
    redirects: redirectsOf([...outer, ...sections], dialect, []),
    index: indexNames(few, dialect),
  };
}
