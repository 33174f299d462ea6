import { posix } from "node:path";
import type { ActiveConfig, ActiveDirective } from "../config/active-config.ts";

/** What a build or a shell will put in: the path is not known. */
const UNKNOWN = /@\w|\$\{|%\{/;

/** The absolute, normal form of the path that a directive names, behind ServerRoot; null when it cannot be known. */
export function absolutePath(text: string, { serverRoot }: ActiveConfig): string | null {
  if (text === "" || UNKNOWN.test(text) || /^[|"]/.test(text)) return null;
  if (!text.startsWith("/") && (!serverRoot.startsWith("/") || /^\w:/.test(text))) return null;
  const path = posix.normalize(text.startsWith("/") ? text : `${serverRoot}/${text}`);
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

/** Whether a path is a folder or lies in it; both as {@link absolutePath} gives them. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || folder === "/" || path.startsWith(`${folder}/`);
}

/** The path in a directive's word, as {@link absolutePath}. */
export function pathIn(directive: ActiveDirective, index: number, config: ActiveConfig): string | null {
  return absolutePath(directive.words[index]?.value ?? "", config);
}
