import type { RoutingTable, TableDirective } from "../../compile/table.ts";
import { fieldsOf, type Field } from "../site/header-fields.ts";
import { expiryLines } from "../site/expiry.ts";
import { fieldLines, headerLines, type HeaderLine } from "../site/header-lines.ts";
import type { LineOutcomes } from "../site/line-outcomes.ts";
import { answerValue, bitsOf, conditionVariables, literal, stemOf, valueText } from "./field-values.ts";
import { overriddenStatuses } from "../site/proxy-settings.ts";
import { expiresLines } from "./expires.ts";
import { requestLines } from "./request-headers.ts";
import type { SharedVariables } from "./shared-variables.ts";
import { quote } from "./words.ts";

/** Who makes the answers of a part of the URLs: nginx itself, or a server behind it. */
export type Sender = "own" | "other";

/** Lines of a location by what they are about. */
export interface PlaceHeaders {
  readonly add: readonly string[];
  readonly hide: readonly string[];
  readonly expires: readonly string[];
  /** By the name of the field in lower case; what is sent on. */
  readonly request: ReadonlyMap<string, string>;
  /** What a Header line for Content-Type puts in the place of all types. */
  readonly type: string | null;
}

/** What nginx writes itself whatever its lines say. */
const own: ReadonlySet<string> = new Set([
  "server",
  "location",
  "accept-ranges",
  "allow",
  "content-type",
  "www-authenticate",
]);
const ownOfRelayed: ReadonlySet<string> = new Set(["server", "location", "content-type", "refresh"]);
/** Fields that add_header replaces, and takes away for an empty value. */
const replaced: ReadonlySet<string> = new Set(["etag", "last-modified"]);

const silent: PlaceHeaders = { add: [], hide: [], expires: [], request: new Map(), type: null };

/** Writes Header and RequestHeader lines for locations, and judges them. */
export class Headers {
  readonly #table: RoutingTable;
  readonly #outcomes: LineOutcomes;
  readonly #variables: SharedVariables;
  readonly #known = new Map<Sender, WeakMap<readonly TableDirective[], PlaceHeaders>>();

  constructor(table: RoutingTable, outcomes: LineOutcomes, variables: SharedVariables) {
    this.#table = table;
    this.#outcomes = outcomes;
    this.#variables = variables;
  }

  /** The lines for what has some effective directives. */
  of(effective: readonly TableDirective[], sender: Sender): PlaceHeaders {
    const known = this.#known.get(sender) ?? new WeakMap<readonly TableDirective[], PlaceHeaders>();
    this.#known.set(sender, known);
    const before = known.get(effective);
    if (before !== undefined) return before;
    const isSilent = fieldLines(effective).length === 0 && expiryLines(effective).length === 0;
    const found = isSilent ? silent : this.#write(effective, sender);
    known.set(effective, found);
    return found;
  }

  #write(effective: readonly TableDirective[], sender: Sender): PlaceHeaders {
    const lines: HeaderLine[] = [];
    for (const line of headerLines(effective, this.#table.apache)) {
      if (!("why" in line)) lines.push(line);
      else if (line.isIdle) this.#outcomes.rest([line.directive], line.why);
      else this.#lose([line], line.why);
    }
    const add: string[] = [];
    const hide: string[] = [];
    let type: string | null = null;
    const always = lines.filter((line) => line.of === "always");
    for (const field of this.#fields(always, true)) {
      // What nginx or another server sends is not in the table of these lines.
      const touches = field.cases.some(({ values }) => values.length > 0);
      if (!touches)
        this.#settle(field.lines, [], "it has only what other lines of the same kind have set to take away");
      else if (replaced.has(field.name.toLowerCase()) || own.has(field.name.toLowerCase()))
        this.#lose(field.lines, `nginx writes ${field.name} itself`);
      else add.push(...this.#fieldLines(field, null));
    }
    const answers = lines.filter((line) => line.of === "answer");
    const edits = new Set(answers.flatMap(({ action, name }) => (action === "edit" ? [name.toLowerCase()] : [])));
    for (const name of edits) {
      const about = answers.filter((line) => line.name.toLowerCase() === name);
      const isNowhere =
        sender === "own" && !own.has(name) && !replaced.has(name) && about.every(({ action }) => action === "edit");
      const made = sender === "other" ? this.#edit(about) : null;
      if (isNowhere) this.#settle(about, [], "nothing has such a field there");
      else if (made === null)
        this.#lose(
          about,
          sender === "own" ? "nginx writes such a field itself" : "nginx edits a field once, for any value",
        );
      else {
        hide.push(...made.hide);
        add.push(...made.add);
      }
    }
    const rest = answers.filter(({ name }) => !edits.has(name.toLowerCase()));
    const guard = rest.length === 0 ? "" : this.#guard(sender, overriddenStatuses(effective) !== null);
    for (const field of this.#fields(rest, sender === "own")) {
      const made = sender === "own" ? this.#ownField(field, guard) : this.#relayedField(field, guard);
      if (made === null) continue;
      add.push(...made.add);
      hide.push(...made.hide);
      type = made.type ?? type;
    }
    const asked = lines.filter((line) => line.of === "request");
    const request = new Map<string, string>();
    if (sender === "own") this.#rest(asked, "nothing is sent on there");
    else {
      for (const field of this.#fields(asked, false)) {
        const made = requestLines(field, this.#variables);
        if (typeof made === "string") this.#lose(field.lines, made);
        else {
          request.set(field.name.toLowerCase(), made.line);
          this.#settle(field.lines, [made.line], "");
        }
      }
    }
    const { expires, ...kept } = expiresLines(effective, sender, this.#outcomes, this.#variables);
    return { add: [...kept.add, ...add], hide: [...new Set([...kept.hide, ...hide])], expires, request, type };
  }

  #fields(lines: readonly HeaderLine[], isKnown: boolean): readonly Field[] {
    const { fields, left } = fieldsOf(lines, isKnown);
    for (const one of left) this.#lose(one, "too many conditions for one field");
    return fields;
  }

  #guard(sender: Sender, isOverridden: boolean): string {
    // httpd does not count its own redirects and errors; nginx would.
    if (sender === "own") return this.#variables.define("map", "$status", "sent", ["default 0;", '"~^2" 1;']);
    // An error whose page is replaced is one of httpd's own.
    if (isOverridden) {
      const source = quote("$upstream_status|$upstream_header_time");
      return this.#variables.define("map", source, "passed", [
        "default 0;",
        '"~(?:^|[^0-9])[123][0-9]{2}[|].*[0-9]$" 1;',
      ]);
    }
    return this.#variables.define("map", "$upstream_header_time", "answered", ["default 0;", '"~[0-9]$" 1;']);
  }

  #ownField(
    field: Field,
    guard: string,
  ): { add: readonly string[]; hide: readonly string[]; type: string | null } | null {
    const key = field.name.toLowerCase();
    const [only] = field.cases;
    const value = only?.values[0];
    const isPlain = field.conditions.length === 0 && (only?.values.length ?? 0) < 2;
    if (
      key === "content-type" &&
      isPlain &&
      value !== undefined &&
      field.lines.every(({ action }) => action === "set")
    ) {
      const text = valueText(value.parts, this.#variables);
      const line = `default_type ${quote(text)};`;
      if (!/[\\${}\x7f-\uffff]/.test(text)) {
        this.#settle(field.lines, ["types { }", line], "");
        return { add: [], hide: [], type: line };
      }
    }
    if (replaced.has(key)) {
      if (!isPlain || field.lines.some(({ action }) => action !== "set" && action !== "unset")) {
        this.#lose(field.lines, `nginx writes ${field.name} itself`);
        return null;
      }
      if (value === undefined) {
        const line = `add_header ${field.name} "";`;
        this.#settle(field.lines, [line], "");
        return { add: [line], hide: [], type: null };
      }
    } else if (own.has(key)) {
      this.#lose(field.lines, `nginx writes ${field.name} itself`);
      return null;
    }
    return { add: this.#fieldLines(field, guard), hide: [], type: null };
  }

  #relayedField(field: Field, guard: string): { add: readonly string[]; hide: readonly string[]; type: null } | null {
    const key = field.name.toLowerCase();
    if (ownOfRelayed.has(key)) {
      this.#lose(field.lines, `nginx writes ${field.name} itself`);
      return null;
    }
    const hides = field.cases.some(({ keeps }) => !keeps);
    const isMixed = hides && field.cases.some(({ keeps }) => keeps);
    if (isMixed && key === "set-cookie") {
      this.#lose(field.lines, "under a condition nginx could keep one cookie of several");
      return null;
    }
    const hide = hides ? [`proxy_hide_header ${field.name};`] : [];
    const again: string[] = [];
    if (isMixed) {
      const bits = conditionVariables(field, this.#variables);
      const rows = field.cases.flatMap((one) =>
        one.keeps ? [`${bitsOf(one)} $upstream_http_${stemOf(field.name)};`] : [],
      );
      const variable = this.#variables.define("map", quote(bits.join("")), stemOf(field.name), [
        'default "";',
        ...rows,
      ]);
      again.push(`add_header ${field.name} ${variable} always;`);
    }
    const add = this.#fieldLines(field, guard, hide);
    return { add: [...again, ...add], hide, type: null };
  }

  /** The lines that give a field its values; `guard` null: on every answer. */
  #fieldLines(field: Field, guard: string | null, before: readonly string[] = []): readonly string[] {
    const lines: string[] = [];
    const count = Math.max(...field.cases.map(({ values }) => values.length));
    const isEmpty = field.cases.some(({ values }) =>
      values.some(({ parts }) => parts.every((one) => one.kind === "text" && one.text === "")),
    );
    if (isEmpty) {
      this.#lose(field.lines, "nginx sends no field without a value");
      return [];
    }
    for (let at = 0; at < count; at += 1) {
      const value = answerValue(field, at, guard, this.#variables);
      if (value === null) {
        this.#lose(field.lines, "nginx cannot look for such an element");
        return [];
      }
      lines.push(`add_header ${field.name} ${value} always;`);
    }
    this.#settle(field.lines, [...before, ...lines], "nothing has such a field there");
    return lines;
  }

  /** The first place in the values of another server's field that an expression matches. */
  #edit(lines: readonly HeaderLine[]): { readonly add: readonly string[]; readonly hide: readonly string[] } | null {
    const [line, ...others] = lines;
    if (line === undefined || line.pattern === null || others.length > 0 || line.tests.length > 0) return null;
    const { name, pattern, value } = line;
    const key = name.toLowerCase();
    if (key === "set-cookie" || ownOfRelayed.has(key) || pattern.groups > 7) return null;
    const to = value.map((part) => {
      if (part.kind !== "text") return valueText([part], this.#variables);
      return part.text
        .split(/(\$\d)/)
        .map((piece) => (/^\$\d$/.test(piece) ? `$${Number(piece.slice(1)) + 2}` : literal(piece, this.#variables)))
        .join("");
    });
    if (/\$\d\d/.test(to.join(""))) return null;
    const sent = `$upstream_http_${stemOf(name)}`;
    const variable = this.#variables.define("map", sent, stemOf(name), [
      `default ${sent};`,
      `${quote(`~^((?s:.*?))(${pattern.text})((?s:.*))$`)} ${quote(`$1${to.join("")}$${pattern.groups + 3}`)};`,
    ]);
    const hide = [`proxy_hide_header ${name};`];
    const add = [`add_header ${name} ${variable} always;`];
    this.#settle(lines, [...hide, ...add], "");
    return { add, hide };
  }

  #lose(lines: readonly Pick<HeaderLine, "directive">[], why: string): void {
    this.#outcomes.lose(directivesOf(lines), why);
  }

  #rest(lines: readonly HeaderLine[], why: string): void {
    this.#outcomes.rest(directivesOf(lines), why);
  }

  /** Judges lines by what has become of them; without lines they do nothing here. */
  #settle(lines: readonly HeaderLine[], made: readonly string[], idle: string): void {
    if (made.length === 0) this.#rest(lines, idle);
    else this.#outcomes.write(directivesOf(lines), made, "the same field");
  }
}

const directivesOf = (lines: readonly Pick<HeaderLine, "directive">[]): readonly TableDirective[] =>
  lines.map(({ directive }) => directive);
