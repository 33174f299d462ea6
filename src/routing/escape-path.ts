import type { Dialect } from "../compile/table.ts";
import type { ByteString } from "./bytes.ts";

/** A path with everything escaped that it must not hold: ap_os_escape_path. */
export function escapePath(path: ByteString, dialect: Dialect): ByteString {
  return path.replace(
    dialect === "2.4" ? /[^A-Za-z0-9$\-_.+!*'(),:;@&=\/~]/g : /[^A-Za-z0-9$\-_.+!*'(),:@&=\/~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

/** The way back, with slashes that are escaped left so; nothing for what is no escape or a NUL: ap_unescape_url_keep2f. */
export function unescapePath(text: ByteString): ByteString {
  if (/%(?![0-9a-f]{2})|%00/i.test(text)) return "";
  return text.replace(/%(?!2f)([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
