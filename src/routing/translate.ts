import type { Dialect, Place, RoutingTable, TableDirective } from "../compile/table.ts";
import type { ByteString } from "./bytes.ts";
import { toBytes } from "./bytes.ts";
import type { Pattern } from "./pattern.ts";
import { compilePattern } from "./pattern.ts";
import { patternSyntax } from "./pattern-syntax.ts";
import type { Redirection, RedirectRule } from "./redirect.ts";
import { aliasLength, parseRedirect, redirect, redirectNames } from "./redirect.ts";
import { ruleIndex } from "./rule-index.ts";
import { substitute } from "./substitute.ts";
import { isUnder } from "./uri.ts";
import type { UserFolderSettings } from "./user-folders.ts";
import { userFolders, userFolderSettings } from "./user-folders.ts";
import type { FileFacts } from "./file-facts.ts";
import { lowerName } from "./lower-name.ts";

/** The file that a path stands for. */
export interface Translation {
  readonly filename: ByteString;
  /** Folder or file that the line names; what is below it comes from the request. */
  readonly base: ByteString;
  /** ScriptAlias: the file is a program. */
  readonly isScript: boolean;
  /** Null for a document root that nothing sets. */
  readonly directive: TableDirective | null;
}

/** `aliasOfLocation` looks for a line in a Location, which stands behind Redirect and before all other aliases. */
export type Translate = (
  path: ByteString,
  query: ByteString | null,
  facts: FileFacts | null,
  aliasOfLocation: () => Translation | null,
) => Translation | Redirection;

interface AliasRule {
  readonly from: ByteString | Pattern;
  readonly target: ByteString;
  readonly isScript: boolean;
  readonly directive: TableDirective;
}

/** Something in the table that cannot be run. */
export interface RoutingProblem {
  readonly place: Place;
  readonly message: string;
}

const aliasNames = new Set(["alias", "aliasmatch", "scriptalias", "scriptaliasmatch"]);

function parseAlias(directive: TableDirective, dialect: Dialect): AliasRule | { readonly error: string } {
  const name = directive.name.toLowerCase();
  const [from, target] = directive.args.map(toBytes);
  if (from === undefined || target === undefined) return { error: "Expected a path and a file name" };
  const isScript = name.startsWith("script");
  if (!name.endsWith("match")) return { from, target, isScript, directive };
  const pattern = compilePattern(from, patternSyntax(dialect));
  return "error" in pattern ? pattern : { from: pattern, target, isScript, directive };
}

function findAlias(rules: readonly AliasRule[], path: ByteString, dialect: Dialect): Translation | null {
  for (const { from, target, isScript, directive } of rules) {
    if (typeof from === "string") {
      const length = aliasLength(path, from);
      if (length > 0) return { filename: target + path.slice(length), base: target, isScript, directive };
    } else {
      const match = from.exec(path);
      if (match === null) continue;
      const filename = substitute(target, match.groups, dialect);
      // What the line itself names: all before the first part that the request fills in.
      const fixed = target.split(dialect === "2.4" ? "$" : /[$&]/, 1)[0] ?? "";
      return { filename, base: fixed.slice(0, fixed.lastIndexOf("/") + 1), isScript, directive };
    }
  }
  return null;
}

/** Where a relative name of the configuration starts. */
function absolutePath(path: ByteString, serverRoot: ByteString): ByteString {
  return path.startsWith("/") || serverRoot === "" ? path : `${serverRoot.replace(/\/$/, "")}/${path}`;
}

/** What the lines of one server say of the files behind paths, each kind in file order. */
export interface TranslationRules {
  /** Those that may cover a path. */
  readonly redirectsFor: (path: ByteString) => readonly RedirectRule[];
  /** Likewise. */
  readonly aliasesFor: (path: ByteString) => readonly AliasRule[];
  readonly root: TableDirective | null;
  readonly users: UserFolderSettings;
}

export function translationRules(
  directives: readonly TableDirective[],
  dialect: Dialect,
  problems: RoutingProblem[],
): TranslationRules {
  const redirects: RedirectRule[] = [];
  const aliases: AliasRule[] = [];
  for (const directive of directives) {
    const name = lowerName(directive.name);
    const isRedirect = redirectNames.has(name);
    if (!isRedirect && !aliasNames.has(name)) continue;
    const rule = isRedirect ? parseRedirect(directive, dialect) : parseAlias(directive, dialect);
    if ("error" in rule) problems.push({ place: directive.place, message: `${directive.name}: ${rule.error}` });
    else if ("status" in rule) redirects.push(rule);
    else aliases.push(rule);
  }
  const root = directives.findLast(({ name }) => lowerName(name) === "documentroot") ?? null;
  return {
    redirectsFor: ruleIndex(redirects),
    aliasesFor: ruleIndex(aliases),
    root,
    users: userFolderSettings(directives),
  };
}

/**
 * Builds the translation of a host: redirects at host level first, then aliases, then the document root with ServerPath cut
 * off. A virtual host's lines come before the main server's.
 * httpd mod_alias.c translate_alias_redir, http_core.c core_translate
 */
export function translation(
  { apache: dialect, serverRoot: root }: Pick<RoutingTable, "apache" | "serverRoot">,
  servedUnder: string | null,
  own: TranslationRules,
  main: TranslationRules,
): Translate {
  const levels = own === main ? [main] : [own, main];
  const serverRoot = toBytes(root);
  const rootLine = own.root ?? main.root;
  const documentRoot = absolutePath(toBytes(rootLine?.args[0] ?? "htdocs"), serverRoot).replace(/\/+$/, "") || "/";
  const serverPath = toBytes(servedUnder ?? "");
  const findUser = userFolders(own.users, main.users, dialect);

  return (path, query, facts, aliasOfLocation) => {
    for (const { redirectsFor } of levels) {
      const sent = redirect(redirectsFor(path), path, query, dialect, null);
      if (sent !== null) return sent;
    }
    const ofLocation = aliasOfLocation();
    if (ofLocation !== null) return ofLocation;
    for (const { aliasesFor } of levels) {
      const alias = findAlias(aliasesFor(path), path, dialect);
      if (alias !== null) return alias;
    }
    const user = findUser?.(path, facts) ?? null;
    if (user?.kind === "redirect") return { status: 302, location: user.location, place: user.directive.place };
    if (user !== null) return { ...user, isScript: false };
    const rest = serverPath !== "" && isUnder(path, serverPath) ? path.slice(serverPath.length) : path;
    // 1.3 glues, 2.x joins: only with ServerPath and nothing behind it does that make a difference.
    const below = rest.startsWith("/") || (rest === "" && dialect === "1.3") ? rest : `/${rest}`;
    const filename = documentRoot === "/" ? below || "/" : documentRoot + below;
    return { filename, base: documentRoot, isScript: false, directive: rootLine };
  };
}
