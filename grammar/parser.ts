import { EmbeddedActionsParser, type IOrAlt } from "chevrotain";
import type { LineBuilder } from "./line-builder.ts";
import type { Tokens } from "./tokens.ts";

/**
 * The language is a list of lines. Each kind of line starts with a token of its own, so one token of lookahead decides, and
 * together with the lexer every text is a sentence. Sections are put together afterwards (nesting.ts): rules that nest
 * would need a stack frame for each of a hostile number of opening tags.
 */
export class HttpdParser extends EmbeddedActionsParser {
  readonly #tokens: Tokens;
  // None while Chevrotain records the grammar: it then runs each rule once with tokens that are none.
  #builder: LineBuilder | null = null;
  // Chevrotain wants alternatives to be made once and not in each call.
  #lineKinds: IOrAlt<unknown>[] | undefined;

  /** `validate` lets Chevrotain check the grammar, which throws when it is ambiguous and costs more than most files. */
  constructor(tokens: Tokens, validate = false) {
    super([...tokens.all], { maxLookahead: 1, recoveryEnabled: false, skipValidations: !validate });
    this.#tokens = tokens;
    this.performSelfAnalysis();
  }

  /** Adds the lines of a text to a builder; what is left behind its `end` has blanks only. */
  read(text: string, builder: LineBuilder): void {
    this.#builder = builder;
    this.input = this.#tokens.lexer.tokenize(text).tokens;
    this.configuration();
    this.input = [];
  }

  /** `configuration ::= line*` */
  readonly configuration = this.RULE("configuration", () => {
    this.MANY(() => {
      this.SUBRULE(this.line);
    });
  });

  /** `line ::= directive | comment | blankLine | openingTag | closingTag | rawSection` */
  readonly line = this.RULE("line", () => {
    this.OR(
      (this.#lineKinds ??= [
        this.directive,
        this.comment,
        this.blankLine,
        this.openingTag,
        this.closingTag,
        this.rawSection,
      ].map((rule) => ({
        ALT: () => {
          this.SUBRULE(rule);
        },
      }))),
    );
  });

  /** `directive ::= Name Arguments?` */
  readonly directive = this.RULE("directive", () => {
    const name = this.CONSUME(this.#tokens.Name);
    const rest = this.OPTION(() => this.CONSUME(this.#tokens.Arguments));
    this.#builder?.directive(name, rest);
  });

  /** `comment ::= Comment` */
  readonly comment = this.RULE("comment", () => {
    const comment = this.CONSUME(this.#tokens.Comment);
    this.#builder?.comment(comment);
  });

  /** `blankLine ::= LineEnd` */
  readonly blankLine = this.RULE("blankLine", () => {
    const end = this.CONSUME(this.#tokens.LineEnd);
    this.#builder?.lineEnd(end);
  });

  /** `openingTag ::= "<" TagName? Arguments?` */
  readonly openingTag = this.RULE("openingTag", () => {
    const open = this.CONSUME(this.#tokens.Open);
    const name = this.OPTION(() => this.CONSUME(this.#tokens.TagName));
    const rest = this.OPTION1(() => this.CONSUME(this.#tokens.Arguments));
    this.#builder?.tag(open, name, rest);
  });

  /** `closingTag ::= "</" TagName? Arguments?` */
  readonly closingTag = this.RULE("closingTag", () => {
    const close = this.CONSUME(this.#tokens.Close);
    const name = this.OPTION(() => this.CONSUME(this.#tokens.TagName));
    const rest = this.OPTION1(() => this.CONSUME(this.#tokens.Arguments));
    this.#builder?.tag(close, name, rest);
  });

  /** `rawSection ::= OpenRaw (RawArguments RawText | Arguments?)` */
  readonly rawSection = this.RULE("rawSection", () => {
    const open = this.CONSUME(this.#tokens.OpenRaw);
    this.OR([
      {
        ALT: () => {
          const rest = this.CONSUME(this.#tokens.RawArguments);
          const body = this.CONSUME(this.#tokens.RawText);
          this.#builder?.openRaw(open, rest);
          this.#builder?.rawText(body);
        },
      },
      {
        ALT: () => {
          const rest = this.OPTION(() => this.CONSUME(this.#tokens.Arguments));
          this.#builder?.openRaw(open, rest);
        },
      },
    ]);
  });
}
