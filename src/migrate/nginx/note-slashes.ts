import type { Dialect } from "../../compile/table.ts";
import type { Draft } from "../draft.ts";

/** How the note begins, by which verification knows it. */
export const ONE_SLASH = "nginx makes one slash of several before it looks at a path";

const expressions = /^(?:redirectmatch|aliasmatch|scriptaliasmatch|proxypassmatch|locationmatch|rewriterule)$/;

/**
 * Says, at the first line with an expression on the path, that such lines meet other paths where several slashes stand together.
 * httpd 2.4 has made one of them since 2.4.39, unless it is told not to. nginx can be told, too, but its locations for what a
 * path begins with would then be passed by with `//`.
 */
export function noteSlashes(dialect: Dialect, draft: Draft): void {
  const lines = draft.source.files.flatMap((file) => file.lines);
  const keeps =
    dialect !== "2.4" ||
    lines.some(({ node }) => node?.key === "mergeslashes" && node.words[0]?.value.toLowerCase() === "off");
  const first = keeps ? lines.find(({ node }) => node !== null && expressions.test(node.key)) : undefined;
  if (first === undefined) return;
  const own = dialect === "2.4" ? "this configuration" : `httpd ${dialect}`;
  draft.note(
    `${ONE_SLASH}; ${own} does not, so this line and others with an expression on the path meet other paths with \`//\` than they did`,
    false,
    first,
  );
}
