import type { AccessSettings } from "../access/settings.ts";
import { accessSettings } from "../access/settings.ts";
import type { Dialect, Place, TableDirective } from "../compile/table.ts";
import type { ByteString } from "./bytes.ts";
import { toBytes } from "./bytes.ts";
import type { EffectiveDirective, PipelineStep } from "./match.ts";
import { mergeRule } from "./merge-rules.ts";
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

interface Slot {
  layer: number;
  lines: TableDirective[];
  overrides: Place[];
}

/** Where lines that replace each other meet. */
function slotKey({ name, args }: TableDirective, dialect: Dialect): string {
  const key = name.toLowerCase();
  const rule = mergeRule(key, dialect);
  switch (rule.kind) {
    case "append":
      return rule.group === undefined ? key : `[${rule.group}]`;
    case "single":
    case "options":
      return key;
    case "keyed":
      return `${key} ${(args[0] ?? "").toLowerCase()}`;
    case "block":
      return `[${rule.group}]`;
    default:
      return rule satisfies never;
  }
}

function replaces(directive: TableDirective, slot: Slot, layer: number, dialect: Dialect): boolean {
  const rule = mergeRule(directive.name.toLowerCase(), dialect);
  switch (rule.kind) {
    case "single":
    case "keyed":
      return true;
    case "append":
      return false;
    case "options":
      return directive.args.some((word) => !/^[+-]/.test(word));
    case "block":
      return slot.layer !== layer;
    default:
      return rule satisfies never;
  }
}

/** Merges layers, outermost first; the result keeps the order in which the slots were first filled. */
function mergeDirectives(
  layers: readonly (readonly TableDirective[])[],
  dialect: Dialect,
): readonly EffectiveDirective[] {
  const slots = new Map<string, Slot>();
  layers.forEach((directives, layer) => {
    for (const directive of directives) {
      const key = slotKey(directive, dialect);
      const slot = slots.get(key) ?? { layer, lines: [], overrides: [] };
      slots.set(key, slot);
      if (replaces(directive, slot, layer, dialect)) {
        slot.overrides.push(...slot.lines.map(({ place }) => place));
        slot.lines = [];
      }
      slot.layer = layer;
      slot.lines.push(directive);
    }
  });
  return Array.from(slots.values()).flatMap(({ lines, overrides }) =>
    lines.map((line, index) => ({ ...line, overrides: index === 0 ? overrides : [] })),
  );
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

/** The Redirect lines of layers as they are tried: those of an inner section before those of an outer one. */
export function redirectsOf(
  layers: readonly (readonly TableDirective[])[],
  dialect: Dialect,
  problems: RoutingProblem[],
): readonly RedirectRule[] {
  const redirects: RedirectRule[] = [];
  for (let at = layers.length - 1; at >= 0; at -= 1) {
    for (const directive of layers[at] ?? []) {
      if (!redirectNames.has(directive.name.toLowerCase())) continue;
      const rule = parseRedirect(directive, dialect);
      if ("error" in rule) problems.push({ place: directive.place, message: `${directive.name}: ${rule.error}` });
      else redirects.push(rule);
    }
  }
  return redirects;
}

/** Makes everything that a request needs from its sections. */
export function merge(
  layers: readonly (readonly TableDirective[])[],
  dialect: Dialect,
  problems: RoutingProblem[],
): Merged {
  const effective = mergeDirectives(layers, dialect);
  const setHandler = lastOf(effective, "sethandler")?.args[0];
  return {
    effective,
    pipeline: pipelineOf(effective),
    access: accessSettings(effective, dialect),
    handler: setHandler === undefined ? undefined : setHandler.toLowerCase() === "none" ? null : setHandler,
    handlersByExtension: extensionHandlers(effective),
    redirects: redirectsOf(layers, dialect, problems),
    index: indexNames(effective, dialect),
  };
}
