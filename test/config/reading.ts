import type { ActiveConfig, ActiveNode, ActiveSection } from "../../src/config/active-config.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration, type ReadOptions } from "../../src/config/read.ts";

/** Reads a text as `/server/conf/httpd.conf`, with other files beside it. */
export function read(
  text: string,
  dialect: ReadOptions["dialect"],
  options: Partial<ReadOptions> & { readonly files?: Readonly<Record<string, string>> } = {},
): ActiveConfig {
  const { files = {}, ...rest } = options;
  return readConfiguration({
    path: "/server/conf/httpd.conf",
    text,
    dialect,
    fileSystem: memoryFileSystem(files),
    ...rest,
  });
}

/** The active nodes as indented lines: `Name words`, sections with brackets, `{GET}` for a Limit around them. */
export function outline(section: ActiveSection, indent = ""): readonly string[] {
  return section.children.flatMap((node: ActiveNode) => {
    const words = [node.name, ...node.words.map((word) => word.value)].join(" ");
    const limit =
      node.limit === null ? "" : ` {${node.limit.kind === "Limit" ? "" : "not "}${node.limit.methods.join(" ")}}`;
    if (node.kind === "directive") return [`${indent}${words}${limit}`];
    return [`${indent}<${words}>${limit}`, ...outline(node, `${indent}  `)];
  });
}

/** `kind line[!]: message` of each problem, the mark meaning fatal. */
export function problemsOf(config: ActiveConfig): readonly string[] {
  return config.problems.map((problem) => {
    const { source } = problem.origin.reading;
    const name = source.path === "/server/conf/httpd.conf" ? "" : `${source.path.split("/").at(-1) ?? ""}:`;
    const { line } = source.position(problem.span.start);
    return `${problem.kind} ${name}${line}${problem.fatal ? "!" : ""}: ${problem.message}`;
  });
}
