import type { RoutingTable, TableDirective } from "../../compile/table.ts";
import { lowerName } from "../../routing/lower-name.ts";
import { MANY_LINES } from "../../routing/merge-slots.ts";
import type { LineOutcomes } from "../site/line-outcomes.ts";
import { charsetLines, TypeLines } from "./content-types.ts";
import { ErrorPages } from "./error-pages.ts";
import { compressionLines, etagLines } from "./compression.ts";
import { Headers, type Sender } from "./headers.ts";
import { isSectionSetting } from "./process.ts";
import { settingsOf, type Settings } from "./settings.ts";
import type { SharedVariables } from "./shared-variables.ts";

/** Lines that {@link settingsOf} reads, and that are judged elsewhere. */
const plainNames: ReadonlySet<string> = new Set(["directoryindex", "options", "limitrequestbody"]);

const isJudgedHere = (key: string): boolean => isSectionSetting(key) && !plainNames.has(key);

/** Everything that servers and locations say beside access, redirects and where things are; each list is made once. */
export class PlaceSettings {
  readonly headers: Headers;
  readonly errorPages: ErrorPages;
  readonly #table: RoutingTable;
  readonly #outcomes: LineOutcomes;
  readonly #variables: SharedVariables;
  readonly #types: TypeLines;
  readonly #known: Readonly<Record<Sender, WeakMap<readonly TableDirective[], Settings>>> = {
    own: new WeakMap(),
    other: new WeakMap(),
  };
  /** Of places without lines that are judged, by what the others come to: most hosts are alike. */
  readonly #plain: Readonly<Record<Sender, WeakMap<Settings, Settings>>> = {
    own: new WeakMap(),
    other: new WeakMap(),
  };

  constructor(table: RoutingTable, outcomes: LineOutcomes, variables: SharedVariables) {
    this.headers = new Headers(table, outcomes, variables);
    this.errorPages = new ErrorPages(table, outcomes, variables);
    this.#table = table;
    this.#outcomes = outcomes;
    this.#variables = variables;
    this.#types = new TypeLines(table.apache, outcomes);
  }

  /** What some effective directives come to, for what nginx or another server answers. */
  of(effective: readonly TableDirective[], sender: Sender): Settings {
    const before = this.#known[sender].get(effective);
    if (before !== undefined) return before;
    const settings = settingsOf(effective, this.#table);
    const isPlain = effective.length < MANY_LINES && !effective.some(({ name }) => isJudgedHere(lowerName(name)));
    const found = (isPlain ? this.#plain[sender].get(settings) : undefined) ?? this.#made(effective, settings, sender);
    if (isPlain) this.#plain[sender].set(settings, found);
    this.#known[sender].set(effective, found);
    return found;
  }

  #made(effective: readonly TableDirective[], settings: Settings, sender: Sender): Settings {
    const { add, hide, expires, type } = this.headers.of(effective, sender);
    const { types, rest } = this.#types.of(effective);
    const charset = charsetLines(effective, this.#outcomes, this.#variables);
    return new Map([
      ...settings,
      ["error_page", this.errorPages.of(effective, add)] as const,
      ["intercept", this.errorPages.intercepts(effective, sender)] as const,
      ["charset", type === null ? charset : ["charset off;"]] as const,
      ["types", type === null ? types : ["types { }"]] as const,
      ["rest", type === null ? rest : [type]] as const,
      ["add", add] as const,
      ["hide", hide] as const,
      ["expires", expires] as const,
      ["gzip", compressionLines(effective, this.#outcomes)] as const,
      ["etag", etagLines(effective, this.#outcomes)] as const,
    ]);
  }

  /** What stands outside of all servers, and in none that says the same: how the main server's files are sent. */
  outside(): Settings {
    const main = this.of(this.#table.hosts[0]?.directives ?? [], "own");
    return new Map(["types", "rest"].map((key) => [key, main.get(key) ?? []]));
  }
}
