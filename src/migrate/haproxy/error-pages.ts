import type { RoutingTable, TableDirective } from "../../compile/table.ts";
import { fromBytes } from "../../routing/bytes.ts";
import { errorDocumentFor } from "../../routing/error-document.ts";
import { linesNamed } from "../site/effective.ts";
import type { LineOutcomes } from "../site/line-outcomes.ts";
import { overriddenStatuses } from "../site/proxy-settings.ts";
import type { Rule } from "./headers.ts";
import { quotedWord, word } from "./words.ts";

const TYPE = word("text/html; charset=iso-8859-1");

/** What HAProxy says itself when a server behind it fails. */
const failures = ["500", "502", "503", "504"] as const;

/** HAProxy keeps a whole answer in one buffer of 16 kB. */
const LONGEST = 8192;

/** Writes ErrorDocument lines for the errors that HAProxy makes or replaces, and judges them. */
export class ErrorPages {
  readonly #table: RoutingTable;
  readonly #outcomes: LineOutcomes;

  constructor(table: RoutingTable, outcomes: LineOutcomes) {
    this.#table = table;
    this.#outcomes = outcomes;
  }

  /** The rule that keeps somebody out, without its condition. */
  refusal(effective: readonly TableDirective[]): string {
    const found = this.#pageOf("403", linesNamed(effective, "errordocument"));
    if (found === null) return "http-request deny";
    const { page, line } = found;
    const rule =
      page.kind === "url"
        ? `http-request redirect location ${page.text} code 302`
        : `http-request deny deny_status 403 content-type ${TYPE} string ${page.text}`;
    this.#outcomes.write([line], [rule], "where somebody is kept out");
    return rule;
  }

  /** Lines of a backend for servers that fail. */
  failures(effective: readonly TableDirective[]): readonly string[] {
    const lines = linesNamed(effective, "errordocument");
    // Most parts of most sites have none.
    if (lines.length === 0) return [];
    return failures.flatMap((status) => {
      const found = this.#pageOf(status, lines);
      if (found === null || found.page.kind === "url") return [];
      const made = `http-error status ${status} content-type ${TYPE} string ${found.page.text}`;
      this.#outcomes.write([found.line], [made], "where a server fails");
      return [made];
    });
  }

  /** Rules for errors of servers behind whose pages are replaced; what is left of the lines is judged. */
  replaced(effective: readonly TableDirective[]): readonly Rule[] {
    const override = overriddenStatuses(effective);
    const lines = linesNamed(effective, "errordocument");
    if (override !== null && lines.length === 0)
      this.#outcomes.drop(
        [override.directive],
        "without ErrorDocument httpd sends its own text for errors of servers behind; HAProxy sends theirs",
      );
    else if (override !== null)
      this.#outcomes.write(
        [override.directive],
        ["http-response return …"],
        "for errors that have a page; of others what the server behind says is sent",
      );
    return lines.flatMap((line): readonly Rule[] => {
      const [status = ""] = line.args;
      this.#outcomes.rest([line], "HAProxy has no files, and sends no such error or no such page itself");
      const isReplaced = override !== null && (override.statuses.length === 0 || override.statuses.includes(status));
      const found = isReplaced && /^[45]\d\d$/.test(status) ? this.#pageOf(status, lines) : null;
      if (found === null) return [];
      const text =
        found.page.kind === "url"
          ? `redirect location ${found.page.text} code 302`
          : `return status ${status} content-type ${TYPE} string ${found.page.text}`;
      this.#outcomes.write([line], [`http-response ${text}`], "in the place of what another server says");
      return [{ text, when: `{ status ${status} }` }];
    });
  }

  /** Of ErrorDocument lines: a text or an address as a word; null for the server's own page and for a page of the old server. */
  #pageOf(
    status: string,
    lines: readonly TableDirective[],
  ): { readonly page: { readonly kind: "text" | "url"; readonly text: string }; readonly line: TableDirective } | null {
    const line = lines.findLast(({ args }) => args[0] === status);
    const found = errorDocumentFor(lines, Number(status), this.#table.apache);
    if (line === undefined || found === null || found.kind === "path") return null;
    const text = fromBytes(found.kind === "text" ? found.text : found.url);
    if (/[\x00-\x08\x0a-\x1f\x7f]/.test(text) || text.length > LONGEST) return null;
    if (found.kind === "url") {
      return /^https?:\/\/[^\s%"'\\]+$/.test(text) ? { page: { kind: "url", text: word(text) }, line } : null;
    }
    return { page: { kind: "text", text: quotedWord(text) }, line };
  }
}
