import type { AccessSettings } from "../access/settings.ts";
import { accessNames, accessSettings } from "../access/settings.ts";
import type { Dialect, TableDirective } from "../compile/table.ts";
import type { ByteString } from "./bytes.ts";
import { toBytes } from "./bytes.ts";
import type { EffectiveDirective, PipelineStep } from "./match.ts";
import { lowerName } from "./lower-name.ts";
import type { Slots } from "./merge-slots.ts";
import { effectiveOf, linesIn, mergeSlots, slotKey } from "./merge-slots.ts";
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
  /** The Options lines. */
  readonly options: readonly TableDirective[];
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

const noHandlers: ReadonlyMap<ByteString, string> = new Map();

function extensionHandlers(slots: Slots): ReadonlyMap<ByteString, string> {
  const added = linesIn(slots, "addhandler");
  if (added.length === 0) return noHandlers;
  const handlers = new Map<ByteString, string>();
  for (const { args } of added) {
    const [handler = "", ...extensions] = args;
    for (const extension of extensions) handlers.set(extensionOf(extension), handler);
  }
  const removed = linesIn(slots, "removehandler");
  // Removing comes behind adding unless its lines were met first.
  if (removed.length === 0 || isBefore(slots, "removehandler", "addhandler")) return handlers;
  for (const { args } of removed) for (const extension of args) handlers.delete(extensionOf(extension));
  return handlers;
}

function isBefore(slots: Slots, one: string, other: string): boolean {
  for (const key of slots.keys()) if (key === one || key === other) return key === one;
  return false;
}

/** The names of index files; a line of 2.4 with nothing but `disabled` takes away those before it. */
function indexNames(lines: readonly TableDirective[], dialect: Dialect): readonly ByteString[] {
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
    if (!redirectNames.has(lowerName(directive.name))) continue;
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

const accessKeys = new Map<Dialect, readonly string[]>();
const openAccess = new Map<Dialect, AccessSettings>();

const noSlots: Slots = new Map();

/** Most parts of a site say nothing about access, and share what that comes to. */
function accessOf(slots: Slots, dialect: Dialect): AccessSettings {
  const lines: TableDirective[] = [];
  const keys = accessKeys.get(dialect) ?? [...new Set(accessNames.map((name) => slotKey(name, dialect)))];
  accessKeys.set(dialect, keys);
  for (const key of keys) for (const line of linesIn(slots, key)) lines.push(line);
  const known = lines.length === 0 ? openAccess.get(dialect) : undefined;
  const access = known ?? accessSettings(lines, dialect);
  if (lines.length === 0) openAccess.set(dialect, access);
  return access;
}

/**
 * Makes everything that a request needs from its sections. `outer` are the lines outside of sections, which are merged once for
 * each list of them. Without `readsAccess` access is open: nobody asks.
 */
export function merge(
  outer: readonly (readonly TableDirective[])[],
  sections: readonly (readonly TableDirective[])[],
  dialect: Dialect,
  readsAccess = true,
): Merged {
  const slots = mergeSlots(outer, sections, dialect);
  const setHandler = linesIn(slots, "sethandler").at(-1)?.args[0];
  return {
    effective: effectiveOf(slots, dialect),
    pipeline: pipelineOf(linesIn(slots, "[pipeline]")),
    access: accessOf(readsAccess ? slots : noSlots, dialect),
    handler: setHandler === undefined ? undefined : setHandler.toLowerCase() === "none" ? null : setHandler,
    handlersByExtension: extensionHandlers(slots),
    redirects: redirectsOf([...outer, ...sections], dialect, []),
    index: indexNames(linesIn(slots, "[directoryindex]"), dialect),
    options: linesIn(slots, "options"),
  };
}
