import type { RewriteSubject, RewriteTests } from "../site/rewrite-conditions.ts";
import { alternatives, subjectSample } from "./rewrites.ts";

/** What answers ask of their requests, kept in variables from the moment when a request comes. */
export class RequestVariables {
  readonly #names = new Map<string, string>();
  readonly #lines: string[] = [];

  /** A condition in brackets, empty for none; null when HAProxy has none that says it. Statuses only where an answer is there. */
  condition(tests: RewriteTests, isAnswer: boolean): string | null {
    const words: string[] = [];
    const ofRequest: (typeof tests)[number][] = [];
    for (const group of tests) {
      if (!group.some((one) => one.kind === "match" && one.subject.kind === "status")) ofRequest.push(group);
      else if (!isAnswer || group.length > 1) return null;
      else words.push(...(alternatives([group]) ?? []).map((one) => one.trim()));
    }
    if (ofRequest.length === 0) return words.join(" ");
    const found = alternatives(ofRequest);
    if (found === null) return null;
    if (found.length === 0) return "FALSE";
    const name = this.#define(JSON.stringify(found), (own) =>
      found.map((one) => `http-request set-var(${own}) bool(true) if${one}`),
    );
    return [`{ var(${name}) -m found }`, ...words].join(" ");
  }

  /** A sample with what a request has there. */
  sample(subject: RewriteSubject): string {
    if (subject.kind === "status") return "status";
    const text = subjectSample(subject);
    return `var(${this.#define(text, (own) => [`http-request set-var(${own}) ${text}`])})`;
  }

  /** What stands before everything that looks at or changes a request. */
  lines(): readonly string[] {
    return this.#lines;
  }

  #define(key: string, linesOf: (name: string) => readonly string[]): string {
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = `txn.asked${this.#names.size + 1}`;
    this.#names.set(key, name);
    this.#lines.push(...linesOf(name));
    return name;
  }
}
