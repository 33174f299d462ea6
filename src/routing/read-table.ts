import type { RoutingTable, SectionKind, TABLE_VERSION } from "../compile/table.ts";
import type { Shape } from "./shape.ts";
import { count, listOf, nested, objectOf, oneOf, optional, orNull, text, truth } from "./shape.ts";

/** The version that this program reads; the type keeps it with the writer's. */
const VERSION: typeof TABLE_VERSION = 1;

const port = count(65_535);

const line = { file: count(1_000_000), line: count(2 ** 31) };

const place = objectOf({ ...line, uses: optional(listOf(objectOf(line))) });

const limit = objectOf({ except: truth, methods: listOf(text) });

const directiveProperties = { name: text, args: listOf(text), place, limit: optional(limit) };

/** Sections inside sections, and RequireAll in RequireAny in …: the configuration reader goes no deeper. People stop at three. */
const NESTING = 256;

const directive = objectOf({
  ...directiveProperties,
  children: optional(
    nested(NESTING, (inner) => listOf(objectOf({ ...directiveProperties, children: optional(inner) }))),
  ),
});

const hostAddress = objectOf({ address: text, text, port, place });

const host = objectOf({
  name: text,
  namePlace: orNull(place),
  port: orNull(port),
  aliases: listOf(objectOf({ pattern: text, place })),
  path: orNull(text),
  addresses: listOf(hostAddress),
  place: orNull(place),
  directives: listOf(directive),
});

const sectionKinds = [
  "Directory",
  "DirectoryMatch",
  "Files",
  "FilesMatch",
  "Location",
  "LocationMatch",
  "Proxy",
  "ProxyMatch",
  "If",
  "ElseIf",
  "Else",
] as const satisfies readonly SectionKind[];

const sections = nested(NESTING, (inner) =>
  listOf(
    objectOf({
      host: count(1_000_000),
      kind: oneOf(...sectionKinds),
      argument: text,
      place,
      directives: listOf(directive),
      sections: inner,
    }),
  ),
);

const contact = objectOf({ address: text, port: orNull(port) });

const cluster = objectOf({
  announce: listOf(objectOf({ address: text, port, ttl: orNull(count(255)), contact: orNull(contact), place })),
  accept: listOf(text),
  unixSocketDir: orNull(text),
  selfRedirect: truth,
  connectionPools: truth,
  moderatorPidFile: orNull(text),
  local: orNull(text),
  intervalMs: count(2 ** 31),
  secretFile: orNull(text),
  buses: listOf(text),
});

const table: Shape = objectOf({
  format: oneOf("backhand-routing-table"),
  version: oneOf(VERSION),
  apache: oneOf("1.3", "2.0", "2.2", "2.4"),
  files: listOf(text),
  serverRoot: text,
  listen: listOf(objectOf({ address: text, port, place: orNull(place), protocol: optional(oneOf("https", "other")) })),
  nameVirtualHosts: listOf(hostAddress),
  hosts: listOf(host),
  sections,
  cluster,
  settings: listOf(directive),
  unenforced: listOf(objectOf({ ...directiveProperties, children: optional(listOf(directive)), decides: truth })),
} satisfies Record<keyof RoutingTable, Shape>);

export type TableResult = { readonly table: RoutingTable } | { readonly error: string };

/** What the shapes cannot say: indices that lead nowhere. */
function danglingIndex({ hosts, sections: all }: RoutingTable): string | null {
  if (hosts.length === 0) return "it has no main server (hosts is empty)";
  const section = all.findIndex(({ host: index }) => index >= hosts.length);
  return section === -1 ? null : `sections[${section}].host names a host that is not there`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/**
 * Reads a compiled table. One that is cut off, of another version, or edited into something else is refused with the reason:
 * a server that starts from half a table would leave out the half that denies access.
 */
export function readTable(json: string): TableResult {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { error: `it is no JSON, or cut off (${reason}); compile it again with "backhand compile"` };
  }
  if (!isRecord(value) || value["format"] !== "backhand-routing-table") {
    return { error: 'it is no routing table ("format" is not "backhand-routing-table")' };
  }
  if (value["version"] !== VERSION) {
    const version = JSON.stringify(value["version"]) as string | undefined;
    return {
      error: `it has version ${version ?? "none"}, and this program reads version ${VERSION}; compile it again`,
    };
  }
  const wrong = table(value, "");
  if (wrong !== null) return { error: `Expected ${wrong.expected} at ${wrong.path}; compile it again` };
  const read = value as unknown as RoutingTable;
  const dangling = danglingIndex(read);
  return dangling === null ? { table: read } : { error: `${dangling}; compile it again` };
}
