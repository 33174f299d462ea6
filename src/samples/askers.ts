import { contains, parseNetwork } from "../access/address.ts";
import type { TableDirective, TableSection } from "../compile/table.ts";

/** Whoever no rule names (RFC 5737 keeps this network for documents). */
export const STRANGER = "192.0.2.1";

/** The methods and clients that decide something in a section, its inner sections included. */
export interface Askers {
  readonly methods: ReadonlySet<string>;
  readonly clients: ReadonlySet<string>;
}

/** Looks through the directives for whom they tell apart. */
export function askersOf(section: Pick<TableSection, "directives" | "sections">): Askers {
  const methods = new Set(["GET"]);
  const clients = new Set([STRANGER]);
  const waiting: (readonly TableDirective[])[] = [
    section.directives,
    ...section.sections.map((inner) => inner.directives),
  ];
  for (let lines = waiting.pop(); lines !== undefined; lines = waiting.pop()) {
    for (const { name, args, limit, children } of lines) {
      if (limit !== undefined) {
        methods.add("POST");
        for (const method of limit.methods.slice(0, 5)) methods.add(method);
      }
      if (children !== undefined) waiting.push(children);
      if (/^allowmethods$/i.test(name))
        for (const method of ["POST", ...args.slice(0, 5)]) if (/^[A-Z]+$/.test(method)) methods.add(method);
      if (!/^(?:allow|deny|require)$/i.test(name)) continue;
      clients.add("127.0.0.1");
      for (const word of args) for (const client of clientsIn(word)) clients.add(client);
    }
  }
  return { methods, clients };
}

/**
 * The first and the last address inside of a network, in httpd's spellings, so that a wider one elsewhere shows; none when
 * the word is no network.
 */
function clientsIn(word: string): readonly string[] {
  const network = /^[\d.:a-fA-F/]+$/.test(word) && /[.:]/.test(word) ? parseNetwork(word, false) : null;
  if (network === null) return [];
  const { bytes, mask } = network;
  const last = bytes.map((byte, index) => byte | (~(mask[index] ?? 0xff) & 0xff));
  const ends = [bytes.with(-1, (bytes.at(-1) ?? 0) | 1), last.with(-1, (last.at(-1) ?? 0) & 0xfe), bytes];
  return ends
    .filter((end) => contains(network, end))
    .map(addressText)
    .slice(0, 2);
}

function addressText(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join(".");
  return Array.from({ length: 8 }, (_, index) =>
    (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16),
  ).join(":");
}
