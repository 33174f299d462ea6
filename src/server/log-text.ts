const named: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
  '"': '\\"',
};

/** What may not stand in a log as it is: controls, everything beyond ASCII, quotes and backslashes. */
const unsafe = /[\x00-\x1f"\\\x7f-\u{10ffff}]/gu;
const harmless = /^[ !#-[\]-~]*$/;
const unsafeOutside = /[\x00-\x1f\x7f-\x9f]/gu;

function escape(character: string): string {
  const known = named[character];
  if (known !== undefined) return known;
  const bytes = character <= "\xff" ? Buffer.from(character, "latin1") : Buffer.from(character, "utf8");
  return bytes.toString("hex").replace(/../g, "\\x$&");
}

/**
 * A value of a request for an access log, where it stands between quotes: no line can be forged and no field ended.
 * Characters up to U+00FF count as the byte that they came from. httpd ap_escape_logitem
 */
export function escapeLogItem(text: string): string {
  // Nearly always; without looking for pairs of surrogates it is cheap to find out.
  if (harmless.test(text)) return text;
  return text.replace(unsafe, escape);
}

/** A message for the error log: quotes stay, controls don't. */
export function escapeLogText(text: string): string {
  return text.replace(unsafeOutside, escape);
}
