import type { TableDirective } from "../../compile/table.ts";
import { changed, type Verdict } from "../verdict.ts";
import { linesNamed } from "./effective.ts";

/** The methods that AllowMethods leaves, in capitals, and the lines that say it. */
export interface AllowedMethods {
  readonly methods: readonly string[];
  readonly lines: readonly TableDirective[];
}

/**
 * What AllowMethods says among effective directives; null for every method. Lines of one section add up, HEAD goes with GET, and
 * whatever is not among them is answered with 405 before anybody asks who may.
 * httpd mod_allowmethods.c am_check_access
 */
export function allowedMethods(effective: readonly TableDirective[]): AllowedMethods | null {
  const lines = linesNamed(effective, "allowmethods");
  const methods = new Set<string>();
  for (const { args } of lines) {
    if (args.length === 1 && args[0]?.toLowerCase() === "reset") methods.clear();
    // A name that could end a word of the output is no method of httpd.
    else for (const method of args) if (/^[A-Za-z-]+$/.test(method)) methods.add(method.toUpperCase());
  }
  if (methods.size === 0) return null;
  if (methods.has("GET")) methods.add("HEAD");
  return { methods: [...methods], lines };
}

/**
 * What the report says of its lines. Under `Satisfy any` httpd takes the method for one more of the address rules: whom a Require
 * lets in may use all others, too.
 * httpd request.c ap_process_request_internal
 */
export function methodsVerdict(line: string, effective: readonly TableDirective[]): Verdict {
  const isAny = linesNamed(effective, "satisfy").some(({ args }) => args[0]?.toLowerCase() === "any");
  return changed(
    line,
    isAny
      ? "narrower: under Satisfy any httpd lets those in whom a Require line lets in with every method, and this answers 405"
      : "the same answer",
  );
}

/** Whether a section may keep methods out. */
export function limitsMethods(directives: readonly TableDirective[]): boolean {
  return linesNamed(directives, "allowmethods").length > 0;
}
