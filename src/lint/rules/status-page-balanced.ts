import type { ActiveConfig, ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import { pipelinesOf, type Pipeline } from "../pipelines.ts";
import { fixAt, wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

/** The virtual host, or the server, in which something stands. */
function hostOf(section: ActiveSection): ActiveSection {
  let at = section;
  while (at.parent !== null && at.key !== "virtualhost") at = at.parent;
  return at;
}

function serverOf(section: ActiveSection): ActiveSection {
  let at = section;
  while (at.parent !== null) at = at.parent;
  return at;
}

/** `path` lies in the tree that `prefix` names; a path ends at a slash, as httpd compares them. */
function isBelow(path: string, prefix: string): boolean {
  const base = prefix.replace(/\/+$/, "");
  return path === base || path.startsWith(`${base}/`);
}

function directivesIn(section: ActiveSection, keys: readonly string[]): readonly ActiveDirective[] {
  return section.children.flatMap((node) => (node.kind === "directive" && keys.includes(node.key) ? [node] : []));
}

/** The file name that a path of the host leads to, by Alias and DocumentRoot; null when nothing says. */
function fileOf(path: string, host: ActiveSection): string | null {
  const levels = host.parent === null ? [host] : [host, serverOf(host)];
  for (const level of levels) {
    for (const { words } of directivesIn(level, ["alias", "scriptalias"])) {
      const [from, to] = words;
      if (from === undefined || to === undefined || !isBelow(path, from.value)) continue;
      return to.value.replace(/\/+$/, "") + path.slice(from.value.replace(/\/+$/, "").length);
    }
  }
  for (const level of levels) {
    const root = directivesIn(level, ["documentroot"]).at(-1)?.words[0]?.value;
    if (root !== undefined) return root.replace(/\/+$/, "") + path;
  }
  return null;
}

/** Whether a pipeline applies to a location of a host. Patterns and expressions are left out: when in doubt, be silent. */
function reaches({ section }: Pipeline, path: string, host: ActiveSection): boolean {
  const [argument] = section.words;
  const home = hostOf(section);
  if (home !== host && home.key !== "server") return false;
  if (section === home) return true;
  if (argument === undefined || section.parent !== home || /[*?[]/.test(argument.value)) return false;
  if (section.key === "location") return isBelow(path, argument.value);
  const file = section.key === "directory" ? fileOf(path, host) : null;
  return file !== null && isBelow(file, argument.value);
}

/** More are not looked through for each page; no configuration has them. */
const MOST_PIPELINES = 200;
const MOST_PAGES = 20;

/** The pipeline that decides on the page: its own, else the last Location's, else the longest Directory's, else a host's. */
function decisive(config: ActiveConfig, section: ActiveSection, path: string): Pipeline | undefined {
  const pipelines = pipelinesOf(config);
  if (pipelines.length > MOST_PIPELINES) return undefined;
  const own = pipelines.find((pipeline) => pipeline.section === section);
  if (own !== undefined) return own;
  const host = hostOf(section);
  const reaching = pipelines.filter((pipeline) => reaches(pipeline, path, host));
  const byLength = (one: Pipeline): number => one.section.words[0]?.value.length ?? 0;
  return (
    reaching.findLast((one) => one.section.key === "location") ??
    reaching
      .filter((one) => one.section.key === "directory")
      .sort((a, b) => byLength(a) - byLength(b))
      .at(-1) ??
    reaching.at(-1)
  );
}

/** A status page that is balanced like the rest shows the view of whichever server was chosen. */
export const statusPageBalanced = defineRule({
  id: "status-page-balanced",
  summary: "The status page is not balanced itself",
  category: "backhand",
  severity: "warning",
  fixable: "unsafe",
  dialects: ["1.3"],
  create: ({ config, report }) => {
    let pages = 0;
    return {
      directives: ["sethandler"],
      directive(directive) {
        const [handler] = directive.words;
        const section = directive.parent;
        const path = section.words[0]?.value;
        if (directive.key !== "sethandler" || handler?.value !== "backhand-handler") return;
        if (section.key !== "location" || path === undefined || /[*?[~]/.test(path)) return;
        if (++pages > MOST_PAGES) return;
        const pipeline = decisive(config, section, path);
        if (pipeline === undefined || pipeline.steps.some(({ definition }) => definition?.effect === "stop")) return;
        const { line, reading } = directive.origin;
        const indent = /^[ \t]*/.exec(reading.source.text.slice(line.start, line.end))?.[0] ?? "";
        const eol = reading.source.text.includes("\r\n") ? "\r\n" : "\n";
        const text = `${indent}Backhand off${eol}`;
        const origin = pipeline.steps[0].directive.origin;
        report({
          ...wordOnly(directive, handler),
          message: `Balanced status page: ${quote(path)} shows the view of a server chosen at random`,
          help: "add `Backhand off` to its section",
          related: [{ origin, message: "balanced here" }],
          ...fixAt(directive.origin, false, [{ start: line.start, end: line.start, text }]),
        });
      },
    };
  },
});
