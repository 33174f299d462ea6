const escapes: Readonly<Record<string, string>> = { "\\": "\\", t: "\t", n: " ", r: " " };

/**
 * The text between items as httpd sends it: `\\` and `\t` are what they are elsewhere, the ends of lines are spaces here.
 * httpd mod_headers.c parse_misc_string
 */
export function unescapeHeaderText(text: string): string {
  return text.replace(/\\([\\rnt])/g, (_, letter: string) => escapes[letter] ?? "");
}
