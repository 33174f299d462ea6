import type { DirectiveSpec } from "../../grammar/directives/directive-spec.ts";
import type { DirectiveLine } from "../../grammar/syntax-tree.ts";
import type { Word } from "../../grammar/word.ts";
import type { ActiveDirective, ActiveSection, MethodLimit, Origin } from "./active-config.ts";
import { plainStatement } from "./plain-statement.ts";
import { originOf, type FoundSpec, type OpenReading, type Place, type Statement } from "./reading-state.ts";

/**
 * A directive as the reader makes it. Its words and its origin are made when somebody asks for them and kept: they are three
 * quarters of the memory of a configuration, and reading itself wants those of few lines.
 */
export class ReadDirective implements ActiveDirective {
  readonly kind = "directive";
  readonly name: string;
  readonly parent: ActiveSection;
  readonly limit: MethodLimit | null;
  readonly #found: FoundSpec;
  readonly #reading: OpenReading;
  readonly #line: DirectiveLine;
  /** Null until asked for; from the start where macros or variables have filled the line. */
  #statement: Statement | null;
  /** Null until asked for; from the start where a macro brought the line. */
  #origin: Origin | null;

  /** `statement` null: the line as it is written. */
  constructor(place: Place, line: DirectiveLine, statement: Statement | null, found: FoundSpec) {
    this.name = statement === null ? line.name : statement.name;
    this.parent = place.parent;
    this.limit = place.limit;
    this.#found = found;
    this.#reading = place.reading;
    this.#line = line;
    this.#statement = statement;
    this.#origin = place.expansion === undefined ? null : originOf(place, line);
  }

  get key(): string {
    return this.#found.key;
  }

  get spec(): DirectiveSpec | null {
    return this.#found.spec;
  }

  get unknown(): ActiveDirective["unknown"] {
    return this.#found.unknown;
  }

  get words(): readonly Word[] {
    this.#statement ??= plainStatement(this.#reading.tree, this.#line);
    return this.#statement.words;
  }

  get rawArgs(): string {
    this.#statement ??= plainStatement(this.#reading.tree, this.#line);
    return this.#statement.rawArgs;
  }

  get origin(): Origin {
    this.#origin ??= { reading: this.#reading, line: this.#line };
    return this.#origin;
  }
}
