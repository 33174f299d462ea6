import type { Dialect } from "./dialect.ts";

/** What may stand behind the name of a section whose text another reader takes; anything else makes it another name. */
const NAME_END = String.raw`(?![^ \t\v\f\r\n\0>])`;

/**
 * Sections of mod_lua: the commands run while httpd reads, and take the lines up to the closing tag, or the end of the file,
 * for a program. The directives of the same names need no closing tag.
 * 2.4 modules/lua/mod_lua.c lua_commands, direct_chunkreader
 */
export const luaSections: ReadonlySet<string> = new Set([
  "luahookpretranslatename",
  "luahooktranslatename",
  "luahookfixups",
  "luahookmaptostorage",
  "luahookcheckuserid",
  "luahooktypechecker",
  "luahookaccesschecker",
  "luahookauthchecker",
  "luaquickhandler",
]);

/** The opening of a section whose text is kept as it stands: `<Perl` of mod_perl, and those of mod_lua, which 2.4 brought. */
export function rawSectionPattern(dialect: Dialect): RegExp {
  const names = dialect === "2.4" ? ["perl", ...luaSections] : ["perl"];
  return new RegExp(`<(?:${names.join("|")})${NAME_END}`, "i");
}

/** Whether a name may be one of such a section: cheap, and right for all that are. */
export function mayBeRaw(name: string): boolean {
  return name.length >= 4 && /^(?:perl|lua)/i.test(name);
}

/** Patterns for the tags that close a section: behind a line feed anywhere, and here. */
interface Closings {
  readonly next: RegExp;
  readonly here: RegExp;
}

const closings = new Map<string, Closings>();

/** By the image of an opening, `<Perl`; there are as many as there are names. */
function closingsOf(opening: string): Closings {
  const key = opening.slice(1).toLowerCase();
  let found = closings.get(key);
  if (found === undefined) {
    const tag = String.raw`[ \t\v\f\r]*<\/${key}${NAME_END}`;
    found = { next: new RegExp(`(?<=\\n)${tag}`, "gi"), here: new RegExp(tag, "iy") };
    closings.set(key, found);
  }
  return found;
}

/** Whether the physical line at an offset closes the section with this opening. */
export function closesRaw(opening: string, text: string, from: number): boolean {
  const { here } = closingsOf(opening);
  here.lastIndex = from;
  return here.test(text);
}

/** Start of the next physical line behind `from` that closes the section with this opening, or the end of the text. */
export function rawTextEnd(opening: string, text: string, from: number): number {
  const { next } = closingsOf(opening);
  next.lastIndex = from;
  return next.exec(text)?.index ?? text.length;
}
