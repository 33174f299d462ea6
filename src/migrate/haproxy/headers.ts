import type { RoutingTable, TableDirective } from "../../compile/table.ts";
import { fieldsOf, textOf, type Field } from "../site/header-fields.ts";
import { headerLines, type HeaderLine, type HeaderPart } from "../site/header-lines.ts";
import type { LineOutcomes } from "../site/line-outcomes.ts";
import type { ErrorPages } from "./error-pages.ts";
import { expiryRules } from "./expiry-rules.ts";
import { isIn } from "./place-conditions.ts";
import type { RequestVariables } from "./request-variables.ts";
import { format, quotedWord } from "./words.ts";

/** One rule of the frontend without the requests that it is for. */
export interface Rule {
  readonly text: string;
  /** Conditions, each in brackets. */
  readonly when: string;
}

/** The rules of some lines, for every place that has them. */
interface Rules {
  readonly request: readonly Rule[];
  readonly answer: readonly Rule[];
  readonly always: readonly Rule[];
}

/** Writes Header and RequestHeader lines as rules of the frontend, and judges them. */
export class Headers {
  readonly #table: RoutingTable;
  readonly #outcomes: LineOutcomes;
  readonly #errorPages: ErrorPages;
  readonly #variables: RequestVariables;
  readonly #known = new Map<string, { readonly rules: Rules; readonly hosts: Map<number, number[]> }>();
  readonly #byLines = new WeakMap<readonly TableDirective[], Rules>();

  constructor(table: RoutingTable, outcomes: LineOutcomes, errorPages: ErrorPages, variables: RequestVariables) {
    this.#table = table;
    this.#outcomes = outcomes;
    this.#errorPages = errorPages;
    this.#variables = variables;
  }

  /** The lines that count in one place of a host; null: before any place is found. */
  add(effective: readonly TableDirective[], host: number, place: number | null): void {
    const rules = this.#byLines.get(effective) ?? this.#write(effective);
    this.#byLines.set(effective, rules);
    if (rules.request.length + rules.answer.length + rules.always.length === 0) return;
    const key = JSON.stringify(rules);
    const entry = this.#known.get(key) ?? { rules, hosts: new Map<number, number[]>() };
    this.#known.set(key, entry);
    const list = entry.hosts.get(host) ?? [];
    list.push(place ?? -1);
    entry.hosts.set(host, list);
  }

  /** The rules, behind those that decide. */
  lines(): { readonly requests: readonly string[]; readonly responses: readonly string[] } {
    const requests: string[] = [];
    const responses: string[] = [];
    for (const { rules, hosts } of this.#known.values()) {
      for (const [host, places] of hosts) {
        const inside = isIn(
          host,
          places.filter((place) => place >= 0),
        );
        const here = [
          ...inside,
          ...(places.includes(-1) ? [`{ var(txn.host) -m int ${host} } !{ var(txn.place) -m found }`] : []),
        ];
        const add = (list: string[], kind: string, own: readonly Rule[], at: readonly string[]): void => {
          for (const condition of at)
            for (const { text, when } of own)
              list.push(`${kind} ${text} if ${condition}${when === "" ? "" : ` ${when}`}`);
        };
        add(requests, "http-request", rules.request, inside);
        add(responses, "http-response", rules.answer, inside);
        add(responses, "http-after-response", rules.always, here);
      }
    }
    return { requests, responses };
  }

  #write(effective: readonly TableDirective[]): Rules {
    const rules = { request: [] as Rule[], answer: [] as Rule[], always: [] as Rule[] };
    const always: HeaderLine[] = [];
    rules.answer.push(...this.#errorPages.replaced(effective), ...expiryRules(effective, this.#outcomes));
    for (const line of headerLines(effective, this.#table.apache)) {
      if ("why" in line) {
        if (line.isIdle) this.#outcomes.rest([line.directive], line.why);
        else this.#lose([line], line.why);
      } else if (line.of === "always") always.push(line);
      else {
        const when = this.#variables.condition(line.tests, line.of === "answer");
        const made = when === null ? null : this.#rule(line, when);
        if (made === null) this.#lose([line], "it cannot look for this");
        else {
          rules[line.of].push(made);
          this.#settle([line], [`http-${line.of === "answer" ? "response" : "request"} ${made.text}`]);
        }
      }
    }
    const { fields, left } = fieldsOf(
      always.filter(({ action }) => action !== "edit"),
      true,
    );
    for (const one of left) this.#lose(one, "too many conditions for one field");
    this.#lose(
      always.filter(({ action }) => action === "edit"),
      "it edits no field that is set by always",
    );
    for (const field of fields) rules.always.push(...this.#alwaysRules(field));
    return rules;
  }

  /** What `always` sets, beside what others send. */
  #alwaysRules(field: Field): readonly Rule[] {
    if (field.cases.every(({ values }) => values.length === 0)) {
      const why = "it takes only away what other lines with always have set";
      this.#outcomes.rest(directivesOf(field.lines), why);
      return [];
    }
    const conditions = field.conditions.map((tests) => this.#variables.condition(tests, true));
    const used = field.cases.filter(({ values }) => values.length > 0);
    const isKnown = conditions.every((one, at) => {
      // A condition of several parts has no opposite on one line.
      const isAsked = used.some(({ holds }) => holds[at] === false);
      return one !== null && !(isAsked && one.includes("} "));
    });
    if (!isKnown) {
      this.#lose(field.lines, "it cannot look for this");
      return [];
    }
    const rules = used.flatMap(({ holds, values }) => {
      const when = holds.map((does, at) => (does ? (conditions[at] ?? "") : negated(conditions[at] ?? ""))).join(" ");
      return values.map(({ parts }): Rule => ({ text: `add-header ${field.name} ${this.#value(parts)}`, when }));
    });
    this.#settle(
      field.lines,
      rules.map(({ text }) => `http-after-response ${text}`),
    );
    return rules;
  }

  #rule({ action, name, value, pattern, of }: HeaderLine, when: string): Rule | null {
    const old = of === "answer" ? "res" : "req";
    const also = (more: string): string => (when === "" ? more : `${when} ${more}`);
    const text = this.#value(value);
    switch (action) {
      case "set":
        return { text: `set-header ${name} ${text}`, when };
      case "setifempty":
        return { text: `set-header ${name} ${text}`, when: also(`!{ ${old}.fhdr(${name}) -m found }`) };
      case "add":
      case "append": {
        const [only] = value;
        const asks = action === "add" && value.length === 1 && only?.kind === "asked";
        // What the client did not send is not sent back either.
        return {
          text: `add-header ${name} ${text}`,
          when: asks ? also(`{ ${this.#variables.sample(only.subject)} -m found }`) : when,
        };
      }
      case "merge": {
        const element = textOf(value);
        if (element === null || element.includes(",")) return null;
        return {
          text: `add-header ${name} ${text}`,
          when: also(`!{ ${old}.hdr(${name}) -m str ${quotedWord(element)} }`),
        };
      }
      case "unset":
        return { text: `del-header ${name}`, when };
      case "edit": {
        if (pattern === null || pattern.groups > 6) return null;
        const to = value.map((part) => (part.kind === "text" ? this.#replacement(part.text) : "")).join("");
        if (value.some(({ kind }) => kind !== "text")) return null;
        const whole = `^((?s:.*?))(${pattern.text})((?s:.*))$`;
        return {
          text: `replace-header ${name} ${quotedWord(whole)} ${quotedWord(`\\1${to}\\${pattern.groups + 3}`)}`,
          when,
        };
      }
      default:
        return action satisfies never;
    }
  }

  #replacement(text: string): string {
    return text
      .split(/(\$\d)/)
      .map((piece) => (/^\$\d$/.test(piece) ? `\\${Number(piece.slice(1)) + 2}` : format(piece)))
      .join("");
  }

  /** A value as a word. */
  #value(parts: readonly HeaderPart[]): string {
    return quotedWord(
      parts
        .map((part) => (part.kind === "text" ? format(part.text) : `%[${this.#variables.sample(part.subject)}]`))
        .join(""),
    );
  }

  #lose(lines: readonly Pick<HeaderLine, "directive">[], why: string): void {
    this.#outcomes.lose(directivesOf(lines), why);
  }

  #settle(lines: readonly HeaderLine[], made: readonly string[]): void {
    this.#outcomes.write(directivesOf(lines), made, "the same field, where its section counts");
  }
}

const directivesOf = (lines: readonly Pick<HeaderLine, "directive">[]): readonly TableDirective[] =>
  lines.map(({ directive }) => directive);

/** The opposite of a condition in brackets. */
function negated(condition: string): string {
  return condition.startsWith("!") ? condition.slice(1) : `!${condition}`;
}
