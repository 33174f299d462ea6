import type { ArgumentKind, ContextName, DirectiveSpec, OverrideBit } from "./directive-spec.ts";

const contextNames: ReadonlyMap<string, ContextName> = new Map<string, ContextName>([
  ["s", "server config"],
  ["v", "virtual host"],
  ["d", "directory"],
  ["h", ".htaccess"],
  ["p", "proxy section"],
]);

/** The short names of override bits that the hand-written tables use. */
const bitLetters: ReadonlyMap<string, OverrideBit> = new Map<string, OverrideBit>([
  ["s", "RSRC_CONF"],
  ["d", "ACCESS_CONF"],
  ["a", "OR_ALL"],
  ["o", "OR_OPTIONS"],
  ["f", "OR_FILEINFO"],
  ["u", "OR_AUTHCFG"],
  ["i", "OR_INDEXES"],
  ["l", "OR_LIMIT"],
  ["x", "EXEC_ON_READ"],
]);

const serverBits: readonly OverrideBit[] = ["RSRC_CONF", "OR_ALL", "OR_OPTIONS", "OR_FILEINFO", "OR_INDEXES"];
const htaccessBits: readonly OverrideBit[] = [
  "OR_ALL",
  "OR_OPTIONS",
  "OR_FILEINFO",
  "OR_INDEXES",
  "OR_LIMIT",
  "OR_AUTHCFG",
];

/** What the override bits alone allow: the base of what httpd tests (http_config.c, `invoke_cmd`). */
function contextsOf(overrides: readonly OverrideBit[]): readonly ContextName[] {
  const contexts: ContextName[] = [];
  if (overrides.some((bit) => serverBits.includes(bit))) contexts.push("server config", "virtual host");
  const htaccess = overrides.some((bit) => htaccessBits.includes(bit));
  if (htaccess || overrides.includes("ACCESS_CONF")) contexts.push("directory");
  if (htaccess) contexts.push(".htaccess");
  return contexts;
}

function list(text: string): readonly string[] {
  return text === "" ? [] : text.split("+");
}

/**
 * Reads one row of a generated table: `<Name|module|ARGS|OVERRIDES|FLAGS|contexts|since|syntax`, where a leading `<` marks
 * a section, lists are joined by `+`, contexts are the letters s, v, d, h and p, and the syntax may hold more bars.
 */
export function readRow(row: string): DirectiveSpec {
  const [name = "", module = "", args = "", overrides = "", notIn = "", contexts = "", since = "", ...syntax] =
    row.split("|");
  const section = name.startsWith("<");
  const bits = list(overrides) as readonly OverrideBit[];
  const spec: DirectiveSpec = {
    name: section ? name.slice(1) : name,
    section,
    module,
    args: list(args) as readonly ArgumentKind[],
    overrides: bits,
    notIn: list(notIn),
    contexts:
      contexts === "" ? contextsOf(bits) : Array.from(contexts, (letter) => contextNames.get(letter) ?? "directory"),
  };
  const help = syntax.join("|");
  return { ...spec, ...(help === "" ? {} : { syntax: help }), ...(since === "" ? {} : { since }) };
}

/** The first httpd that has what a row describes, as the manual writes it (`2.3.6`); empty when it always was there. */
export function sinceOf(row: string): string {
  let from = 0;
  for (let bar = 0; bar < 6; bar += 1) from = row.indexOf("|", from) + 1;
  const end = row.indexOf("|", from);
  return row.slice(from, end === -1 ? row.length : end);
}

/**
 * Reads one entry of a hand-written table: `<Name KIND bits FLAG+FLAG`, each part optional from the end. Without a kind any
 * words are allowed, without bits any place: what is not known for sure must not become a finding.
 */
export function readEntry(entry: string, module: string): DirectiveSpec {
  const [name = "", kind = "TAKE_ARGV", letters = "ads", flags = ""] = entry.split(" ");
  const section = name.startsWith("<");
  const overrides = Array.from(letters, (letter) => bitLetters.get(letter) ?? "OR_ALL");
  return {
    name: section ? name.slice(1) : name,
    section,
    module,
    args: [section && kind === "TAKE_ARGV" ? "RAW_ARGS" : (kind as ArgumentKind)],
    overrides,
    notIn: list(flags),
    contexts: contextsOf(overrides),
  };
}
