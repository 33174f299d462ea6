import type { RoutingTable } from "../../compile/table.ts";
import type { FilePlace } from "../explain/file-place.ts";
import type { Explanation } from "../explain/explanation.ts";

/** What a change is about. */
export type Aspect = "virtualHost" | "answer" | "access" | "sections" | "backhand" | "handler" | "file" | "dependsOn";

/** One side of a change, with the line that it comes from where one alone does. */
export interface Side {
  readonly text: string;
  readonly path: string | null;
  readonly line: number | null;
  /** Of text out of a macro: the Use lines that brought it, from the inside out. */
  readonly uses?: FilePlace["uses"];
}

export interface Change {
  readonly aspect: Aspect;
  readonly before: Side;
  readonly after: Side;
}

/** What the answers of two configurations to one request differ in; empty when they are alike. */
export function changesBetween(
  before: { readonly explanation: Explanation; readonly table: RoutingTable },
  after: { readonly explanation: Explanation; readonly table: RoutingTable },
): readonly Change[] {
  const sides = [before, after].map(({ explanation, table }) => aspectsOf(explanation, table));
  const [old, now] = sides;
  if (old === undefined || now === undefined) return [];
  return aspects.flatMap((aspect) =>
    old[aspect].text === now[aspect].text ? [] : [{ aspect, before: old[aspect], after: now[aspect] }],
  );
}

const aspects: readonly Aspect[] = [
  "virtualHost",
  "answer",
  "access",
  "sections",
  "backhand",
  "handler",
  "file",
  "dependsOn",
];

const plain = (text: string): Side => ({ text, path: null, line: null });

/** With the place of one line, where there is one. */
const from = (text: string, place: FilePlace | undefined): Side => {
  const { path = null, line = null, uses } = place ?? {};
  return { text, path, line, ...(uses === undefined ? {} : { uses }) };
};

/** Lines count by what they say: the same section in another file or line is the same. */
function aspectsOf(explanation: Explanation, table: RoutingTable): Readonly<Record<Aspect, Side>> {
  const { virtualHost, status, location, access, sections, backhand, handler, filename, dependsOn } = explanation;
  const last = sections.at(-1);
  const first = backhand[0];
  const deciding = dependsOn[0];
  const list = (words: readonly string[]): string => (words.length === 0 ? "none" : words.join(", "));
  return {
    virtualHost:
      virtualHost === null ? plain(table.hosts[0]?.name || "main server") : from(virtualHost.name, virtualHost),
    answer: plain(status === null ? "by the server" : [status, location ?? ""].join(" ").trim()),
    access: plain(access),
    sections: from(list(sections.map(({ kind, argument }) => sectionText(kind, argument))), last),
    backhand: from(list(backhand.map((step) => [step.function, step.argument ?? ""].join(" ").trim())), first),
    handler: plain(handler ?? "none"),
    file: plain(filename ?? "none"),
    dependsOn: from(list(dependsOn.map(({ directive }) => directive)), deciding),
  };
}

/** `<Directory /a/>` and `<Directory /a>` are one. */
function sectionText(kind: string, argument: string | undefined): string {
  if (argument === undefined) return kind;
  return `<${kind} ${kind === "Directory" ? argument.replace(/(?<=.)\/+$/, "") : argument}>`;
}
