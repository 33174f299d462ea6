import { printable } from "../../report/printable.ts";
import type { Explanation } from "./explanation.ts";

/** How often something was met. */
export interface Tally {
  readonly what: string;
  readonly path: string | null;
  readonly line: number | null;
  readonly requests: number;
}

/** What many requests came to. */
export interface Summary {
  readonly requests: number;
  readonly virtualHosts: readonly Tally[];
  readonly sections: readonly Tally[];
  readonly access: Readonly<Record<Explanation["access"], number>>;
  /** Requests whose answer depends on lines that are not decided here. */
  readonly undecided: number;
}

interface Counted {
  readonly what: string;
  readonly path: string | null;
  readonly line: number | null;
  requests: number;
}

/** Counts explanations one by one, in memory that does not grow with them. */
export class SummaryCounter {
  readonly #hosts = new Map<string, Counted>();
  readonly #sections = new Map<string, Counted>();
  readonly #access = { granted: 0, denied: 0, authentication: 0 };
  #requests = 0;
  #undecided = 0;

  add({ virtualHost, sections, access, dependsOn }: Explanation): void {
    this.#requests++;
    this.#access[access]++;
    if (dependsOn.length > 0) this.#undecided++;
    if (virtualHost === null) this.#count(this.#hosts, "main server", null, null);
    else this.#count(this.#hosts, virtualHost.name, virtualHost.path, virtualHost.line);
    for (const { kind, argument, path, line } of sections) {
      this.#count(this.#sections, kind === "htaccess" ? ".htaccess" : `<${kind} ${argument ?? ""}>`, path, line);
    }
  }

  summary(): Summary {
    const sorted = (counts: ReadonlyMap<string, Counted>): readonly Tally[] =>
      [...counts.values()].sort((a, b) => b.requests - a.requests);
    return {
      requests: this.#requests,
      virtualHosts: sorted(this.#hosts),
      sections: sorted(this.#sections),
      access: { ...this.#access },
      undecided: this.#undecided,
    };
  }

  #count(counts: Map<string, Counted>, what: string, path: string | null, line: number | null): void {
    const key = `${path ?? ""}:${line ?? 0} ${what}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { what, path, line, requests: 1 });
    else known.requests++;
  }
}

/** The text for people. */
export function summaryText({ requests, virtualHosts, sections, access, undecided }: Summary): string {
  const rows = (tallies: readonly Tally[]): readonly string[] =>
    tallies.length === 0
      ? ["  none"]
      : tallies.map(({ what, path, line, requests: count }) => {
          const where = path === null ? "" : `  ${path}:${line ?? 0}`;
          return printable(`  ${String(count).padStart(9)}  ${what}${where}`);
        });
  return [
    `${requests} requests`,
    "",
    "By virtual host",
    ...rows(virtualHosts),
    "",
    "By section",
    ...rows(sections),
    "",
    `Access: ${access.granted} granted, ${access.denied} denied, ${access.authentication} ask for a user`,
    ...(undecided === 0 ? [] : [`${undecided} depend on lines that are not decided here`]),
    "",
  ].join("\n");
}
