import type { ActiveConfig, ActiveNode, ActiveSection } from "../../config/active-config.ts";
import type { Draft } from "../draft.ts";
import type { SourceText } from "../source-lines.ts";
import { firstWord } from "./line-rule.ts";

/** Defaults that have changed, by the httpd that had the old ones. */
const olderDefaults: readonly { readonly key: string; readonly line: string; readonly until: ReadonlySet<string> }[] = [
  { key: "usecanonicalname", line: "UseCanonicalName On", until: new Set(["1.3", "2.0"]) },
  { key: "keepalivetimeout", line: "KeepAliveTimeout 15", until: new Set(["1.3", "2.0"]) },
  { key: "timeout", line: "Timeout 300", until: new Set(["1.3", "2.0", "2.2"]) },
  // 2.4.39 makes one slash of several before anything looks at the path: expressions would meet other paths, and servers
  // behind this one get others.
  { key: "mergeslashes", line: "MergeSlashes Off", until: new Set(["1.3", "2.0", "2.2"]) },
];

/** Debian's own list; the old default is a file below ServerRoot that a new machine has not, and no server starts without. */
const TYPES = "TypesConfig /etc/mime.types";

/**
 * Writes down what 1.3 and its followers do without being told and 2.4 does not. AllowOverride decides whether .htaccess
 * files, with their access rules, count at all.
 */
export function writeDefaults(config: ActiveConfig, draft: Draft, main: SourceText): void {
  const { server, dialect, modules } = config;
  if (dialect === "2.4") {
    if (hasAnywhere(server, "typesconfig")) return;
    draft.addTop(main, {
      lines: [TYPES, ""],
      why: "Debian's own list: without it the server would not start",
      from: null,
    });
    return;
  }
  const has = (key: string): boolean => server.children.some((node) => node.kind === "directive" && node.key === key);
  const lines = olderDefaults.filter(({ key, until }) => until.has(dialect) && !has(key)).map(({ line }) => line);
  if (dialect === "1.3" && !modules.assumed && modules.active.includes("mod_userdir.c") && !has("userdir")) {
    lines.push("UserDir public_html");
  }
  if (!hasAnywhere(server, "typesconfig")) lines.push(TYPES);
  const roots = server.children.filter(
    (node): node is ActiveNode & { kind: "section" } =>
      node.kind === "section" && node.key === "directory" && firstWord(node) === "/",
  );
  const rootHas = (key: string): boolean => roots.some(({ children }) => children.some((node) => node.key === key));
  const root = [
    ...(rootHas("options") ? [] : ["    Options All"]),
    ...(rootHas("allowoverride") ? [] : ["    AllowOverride All"]),
    // With AuthType and without any Require 2.4 answers 500, where older ones ask nobody.
    ...(hasAnywhere(server, "authtype") ? ["    Require all granted"] : []),
  ];
  if (root.length > 0) lines.push('<Directory "/">', ...root, "</Directory>");
  if (lines.length === 0) return;
  draft.addTop(main, {
    lines: [`# What httpd ${dialect} does without being told.`, ...lines, ""],
    why: `the default of httpd ${dialect}, which 2.4 has changed`,
    from: null,
  });
}

function hasAnywhere(section: ActiveSection, key: string): boolean {
  return section.children.some((node) => node.key === key || (node.kind === "section" && hasAnywhere(node, key)));
}
