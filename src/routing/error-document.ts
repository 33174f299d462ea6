import type { Dialect, TableDirective } from "../compile/table.ts";
import { parseText } from "../expression/parse-expression.ts";
import { toBytes } from "./bytes.ts";
import type { ByteString } from "./bytes.ts";

/** What an ErrorDocument line puts in the place of the server's own page. */
export type ErrorDocument =
  | { readonly kind: "text"; readonly text: ByteString }
  /** A path of this server. */
  | { readonly kind: "path"; readonly path: ByteString }
  /** Of another server: the client is sent there. */
  | { readonly kind: "url"; readonly url: ByteString };

/** A text of 2.4 with variables, which is an expression; it is not honoured. */
export function isExpressionText(dialect: Dialect, args: readonly string[]): boolean {
  return dialect === "2.4" && args.slice(1).some((word) => word.includes("%{"));
}

/**
 * The ErrorDocument in effect for a status, or null for the server's own page. A URL cannot take the place of 401, which would
 * then never be seen.
 * httpd core.c set_error_document, http_request.c ap_die_r
 */
export function errorDocumentFor(
  effective: readonly TableDirective[],
  status: number,
  dialect: Dialect,
): ErrorDocument | null {
  const line = effective.findLast(
    ({ name, args }) => name.toLowerCase() === "errordocument" && args[0] === String(status),
  );
  if (line === undefined || isExpressionText(dialect, line.args)) return null;
  const text = toBytes(line.args.slice(1).join(" "));
  if (dialect !== "1.3" && text.toLowerCase() === "default") return null;
  if (text.startsWith("/")) return { kind: "path", path: text };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return status === 401 ? null : { kind: "url", url: text };
  // Until 1.3 the quote may stand open; the reader has taken it away.
  if (dialect !== "2.4" || text === "") return { kind: "text", text };
  // In 2.4 a text is an expression, in which a backslash takes the next character as it is.
  const read = parseText(text);
  if ("problem" in read) return { kind: "text", text };
  return read.value.kind === "text" ? { kind: "text", text: read.value.text } : null;
}
