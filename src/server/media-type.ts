import { lookup } from "mime-types";
import type { ContentSettings } from "./content-settings.ts";

/**
 * Types and handlers of programs: what they name is run by httpd or a module of it, and its text is nobody's business. Any
 * handler that this server does not have counts as one too.
 */
const programType = /^(?:application\/x-httpd-|text\/x-server-parsed-html|application\/x-type-map)/;

/** Whether a file would be run, not sent: by the handler that the configuration gives it, or by the type of an extension. */
export function isProgram(filename: string, handler: string | null, { types, forcedType }: ContentSettings): boolean {
  if (handler !== null && handler !== "default-handler") return true;
  if (forcedType !== null && programType.test(forcedType)) return true;
  return extensionsOf(filename).some((extension) => programType.test(types.get(extension) ?? ""));
}

/**
 * The Content-Type of a file: ForceType, else that of the last extension that AddType or the registry knows, else DefaultType;
 * a charset only for text, and only when one is configured.
 */
export function mediaType(filename: string, { types, charset, forcedType, defaultType }: ContentSettings): string {
  const known = extensionsOf(filename)
    .map((extension) => types.get(extension) ?? lookup(extension))
    .filter((type) => type !== false);
  const type = forcedType ?? known.at(-1) ?? defaultType;
  return charset !== null && /^text\/(?:plain|html)$/.test(type) ? `${type}; charset=${charset}` : type;
}

/** `a.html.de` has two. As in mod_mime, what stands before the first dot is none. */
function extensionsOf(filename: string): readonly string[] {
  const base = filename.slice(filename.lastIndexOf("/") + 1);
  return base
    .split(".")
    .slice(1)
    .map((extension) => extension.toLowerCase());
}
