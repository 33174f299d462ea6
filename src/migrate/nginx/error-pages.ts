import type { RoutingTable, TableDirective } from "../../compile/table.ts";
import { fromBytes } from "../../routing/bytes.ts";
import { errorDocumentFor, isExpressionText } from "../../routing/error-document.ts";
import { linesNamed } from "../site/effective.ts";
import type { LineOutcomes } from "../site/line-outcomes.ts";
import { matchesPath, programPattern } from "../site/programs.ts";
import { overriddenStatuses } from "../site/proxy-settings.ts";
import { literal } from "./field-values.ts";
import type { Sender } from "./headers.ts";
import type { SharedVariables } from "./shared-variables.ts";
import { block, quote } from "./words.ts";

/** A text in the place of nginx's own page. */
interface TextPage {
  readonly status: string;
  readonly text: string;
  /** Fields that the answer has. */
  readonly add: readonly string[];
}

const NAME = "@backhand_page_";

/** Writes ErrorDocument lines: paths and URLs by `error_page`, texts by a location of their own. */
export class ErrorPages {
  readonly #table: RoutingTable;
  readonly #outcomes: LineOutcomes;
  readonly #variables: SharedVariables;
  readonly #pages: TextPage[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #scripts: readonly string[];

  constructor(table: RoutingTable, outcomes: LineOutcomes, variables: SharedVariables) {
    this.#table = table;
    this.#outcomes = outcomes;
    this.#variables = variables;
    const paths = table.hosts.flatMap(({ directives }) =>
      directives.flatMap(({ name, args: [path = ""] }) => (name.toLowerCase() === "scriptalias" ? [path] : [])),
    );
    this.#scripts = [...new Set(paths)];
  }

  /** The lines of a place; `add` are the fields of what it answers. */
  of(effective: readonly TableDirective[], add: readonly string[]): readonly string[] {
    const lines: string[] = [];
    const last = new Map(linesNamed(effective, "errordocument").map((line) => [line.args[0], line]));
    for (const line of last.values()) {
      const made = this.#line(line, effective, add);
      if ("why" in made) this.#outcomes.drop([line], made.why);
      else {
        lines.push(made.line);
        this.#outcomes.write([line], [made.line], "the same page");
      }
    }
    return lines;
  }

  /** Whether pages also take the place of what a server behind says of errors. */
  intercepts(effective: readonly TableDirective[], sender: Sender): readonly string[] {
    const found = overriddenStatuses(effective);
    if (found === null) return [];
    const line = [found.directive];
    if (sender === "own") {
      this.#outcomes.rest(line, "nothing is sent on there");
      return [];
    }
    const pages = linesNamed(effective, "errordocument");
    if (pages.length === 0) {
      this.#outcomes.drop(
        line,
        "without ErrorDocument httpd sends its own text for errors of servers behind; nginx sends theirs",
      );
      return [];
    }
    if (found.statuses.length > 0 && pages.some(({ args }) => !found.statuses.includes(args[0] ?? ""))) {
      this.#outcomes.lose(line, "it takes either all errors that have a page or none");
      return [];
    }
    this.#outcomes.write(
      line,
      ["proxy_intercept_errors on;"],
      "for all errors that have a page; of others what the server behind says is sent",
    );
    return ["proxy_intercept_errors on;"];
  }

  /** The locations of texts that lines of a server name; `inherited` are the fields of the server. */
  locations(lines: readonly string[], inherited: readonly string[]): readonly string[] {
    // Most configurations have none, and a server may have hundreds of thousands of lines.
    if (this.#pages.length === 0) return [];
    const named = /^\s*error_page \d+ @backhand_page_(\d+);$/gm;
    const numbers = new Set(lines.flatMap((text) => Array.from(text.matchAll(named), ([, number]) => number)));
    return [...numbers].flatMap((number) => {
      const page = this.#pages[Number(number) - 1];
      if (page === undefined) return [];
      const { status, text, add } = page;
      const isSame = JSON.stringify(add) === JSON.stringify(inherited);
      return block(`location ${NAME}${number}`, [
        ...(isSame ? [] : add.length === 0 ? ['add_header X-Nothing "";'] : add),
        "types { }",
        'default_type "text/html; charset=iso-8859-1";',
        "charset off;",
        `return ${status} ${quote(literal(text, this.#variables))};`,
      ]);
    });
  }

  #line(
    { args }: TableDirective,
    effective: readonly TableDirective[],
    add: readonly string[],
  ): { readonly line: string } | { readonly why: string } {
    const { apache } = this.#table;
    const [code = ""] = args;
    if (!/^[45]\d\d$/.test(code) || code === "499") return { why: `nginx has no page for ${code}` };
    if (isExpressionText(apache, args)) return { why: "nginx has no text with variables of httpd" };
    const found = errorDocumentFor(linesNamed(effective, "errordocument"), Number(code), apache);
    switch (found?.kind) {
      case undefined:
        return { why: "the server's own page, or a text with variables" };
      case "text": {
        const text = fromBytes(found.text);
        if (/[\x00-\x08\x0a-\x1f\x7f]/.test(text)) return { why: "its text holds control characters" };
        const key = JSON.stringify({ status: code, text, add });
        const number = this.#numbers.get(key) ?? this.#pages.push({ status: code, text, add });
        this.#numbers.set(key, number);
        return { line: `error_page ${code} ${NAME}${number};` };
      }
      case "url":
      case "path": {
        const target = fromBytes(found.kind === "url" ? found.url : found.path);
        if (/[\s"$\\]/.test(target) || (found.kind === "url" && !/^https?:/.test(target)))
          return { why: "its address holds characters that nginx takes for something else" };
        // A page that nothing runs would answer for itself.
        const programs = programPattern(effective);
        const isProgram =
          this.#scripts.some((one) => target.startsWith(one)) || (programs !== null && matchesPath(programs, target));
        if (isProgram) return { why: "nginx runs no programs, so its own page is sent" };
        return { line: `error_page ${code} ${quote(target)};` };
      }
      default:
        return found satisfies undefined;
    }
  }
}
