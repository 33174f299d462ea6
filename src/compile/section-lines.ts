import type { Dialect } from "../../grammar/dialect.ts";
import type {
  ActiveDirective,
  ActiveNode,
  ActiveSection,
  MethodLimit as ActiveLimit,
  Origin,
} from "../config/active-config.ts";
import { toBytes } from "../routing/bytes.ts";
import { parseExpression, undecidable } from "../routing/expression.ts";
import { doneByReader, enforcementOf } from "./honoured.ts";
import type { MethodLimit, Place, SectionKind, TableDirective, TableSection, UnenforcedDirective } from "./table.ts";

const sectionKinds: Readonly<Record<string, SectionKind>> = {
  directory: "Directory",
  directorymatch: "DirectoryMatch",
  files: "Files",
  filesmatch: "FilesMatch",
  location: "Location",
  locationmatch: "LocationMatch",
  proxy: "Proxy",
  proxymatch: "ProxyMatch",
  if: "If",
  elseif: "ElseIf",
  else: "Else",
};

const containers: ReadonlySet<string> = new Set(["requireall", "requireany", "requirenone"]);

/** Sections that hold nothing that matters to a request: they were evaluated, or prepare what a line elsewhere uses. */
const silentSections: ReadonlySet<string> = new Set(["limit", "limitexcept", "ifmodule", "ifdefine", "macro"]);

/** Turns lines and sections into those of a table, and notes what `serve` does not do. */
export class LineCompiler {
  readonly unenforced: UnenforcedDirective[] = [];
  readonly #dialect: Dialect;
  readonly #rewrites: boolean;
  readonly #placeOf: (origin: Origin) => Place;

  /** `root` is looked through for a RewriteEngine On, without which rewriting rules do nothing. */
  constructor(dialect: Dialect, root: ActiveSection, placeOf: (origin: Origin) => Place) {
    this.#dialect = dialect;
    this.#placeOf = placeOf;
    this.#rewrites = anyDirective(
      root,
      ({ key, words }) => key === "rewriteengine" && words[0]?.value.toLowerCase() !== "off",
    );
  }

  readonly placeOf = ({ origin }: ActiveDirective): Place => this.#placeOf(origin);

  /** Where a section opens; the first line for a text that is a section as a whole. */
  sectionPlace({ origin }: ActiveSection): Place {
    return origin === null ? { file: 0, line: 1 } : this.#placeOf(origin);
  }

  /** `inSection`: also for the lines of an access file. */
  line(directive: ActiveDirective, inSection: boolean): TableDirective {
    const line: TableDirective = {
      name: directive.spec?.name ?? directive.name,
      args: expressionArguments(directive, this.#dialect) ?? directive.words.map(({ value }) => value),
      place: this.placeOf(directive),
      ...limitOf(directive.limit),
    };
    const enforcement = enforcementOf({
      name: directive.key,
      args: line.args,
      module: directive.spec?.module.replace(/\.c$/, "") ?? null,
      dialect: this.#dialect,
      rewrites: this.#rewrites,
      inSection,
    });
    if (enforcement === "noted" || enforcement === "decides") {
      this.unenforced.push({ ...line, decides: enforcement === "decides" });
    }
    return line;
  }

  /** Adds a section to a list, with everything inside it. */
  section(section: ActiveSection, host: number, into: TableSection[]): void {
    const kind = sectionKinds[section.key];
    if (kind === undefined) {
      this.#foreignSection(section);
      return;
    }
    if (kind === "If" || kind === "ElseIf" || kind === "Else") this.#condition(section);
    const [first, second] = section.words;
    const isPattern = first?.value === "~" && !kind.endsWith("Match");
    const inner: TableSection[] = [];
    const directives = this.children(section.children, host, inner);
    into.push({
      host,
      kind: isPattern ? patternKind(kind) : kind,
      argument: (isPattern ? second?.value : first?.value) ?? "",
      place: this.sectionPlace(section),
      directives,
      sections: inner,
    });
  }

  /** The lines of a section; sections in it go to `inner`. */
  children(nodes: readonly ActiveNode[], host: number, inner: TableSection[]): readonly TableDirective[] {
    return nodes.flatMap((node): readonly TableDirective[] => {
      if (node.kind === "directive") return doneByReader.has(node.key) ? [] : [this.line(node, true)];
      if (!containers.has(node.key)) {
        this.section(node, host, inner);
        return [];
      }
      const name = node.spec?.name ?? node.name;
      const children = this.children(node.children, host, inner);
      return [{ name, args: [], place: this.sectionPlace(node), ...limitOf(node.limit), children }];
    });
  }

  /** A condition that no request can decide here is one more thing that is not honoured. */
  #condition(section: ActiveSection): void {
    const argument = section.words[0]?.value;
    if (argument === undefined || undecidable(parseExpression(toBytes(argument))) === null) return;
    this.unenforced.push({
      name: `<${section.name}>`,
      args: [argument],
      place: this.sectionPlace(section),
      decides: true,
    });
  }

  /** Perl, and what nobody knows: their content is not run. */
  #foreignSection(section: ActiveSection): void {
    if (silentSections.has(section.key)) return;
    this.unenforced.push({
      name: `<${section.name}>`,
      args: section.words.map(({ value }) => value),
      place: this.sectionPlace(section),
      decides: true,
    });
  }
}

/**
 * `Require expr …` takes the rest of its line as it stands, but for quotes around all of it. Null: no such line.
 * httpd mod_authz_core.c expr_parse_config
 */
function expressionArguments({ key, rawArgs }: ActiveDirective, dialect: Dialect): readonly string[] | null {
  const [, not, expression = ""] =
    key === "require" && dialect === "2.4" ? (/^\s*(not\s+)?expr\s+([^]*?)\s*$/i.exec(rawArgs) ?? []) : [];
  if (expression === "") return null;
  const isQuoted = expression.length > 1 && expression.startsWith('"') && expression.endsWith('"');
  return [...(not === undefined ? [] : ["not"]), "expr", isQuoted ? expression.slice(1, -1) : expression];
}

function limitOf(limit: ActiveLimit | null): { readonly limit?: MethodLimit } {
  return limit === null ? {} : { limit: { except: limit.kind === "LimitExcept", methods: limit.methods } };
}

function patternKind(kind: SectionKind): SectionKind {
  switch (kind) {
    case "Directory":
      return "DirectoryMatch";
    case "Files":
      return "FilesMatch";
    case "Proxy":
      return "ProxyMatch";
    default:
      return "LocationMatch";
  }
}

function anyDirective(section: ActiveSection, test: (directive: ActiveDirective) => boolean): boolean {
  return section.children.some((node) => (node.kind === "directive" ? test(node) : anyDirective(node, test)));
}
