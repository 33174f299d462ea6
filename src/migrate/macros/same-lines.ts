import type { ActiveConfig, ActiveNode } from "../../config/active-config.ts";

const ofMacros: ReadonlySet<string> = new Set(["use", "macro", "undefmacro"]);

const isOfMacros = ({ key, words }: ActiveNode): boolean =>
  ofMacros.has(key) || (key === "loadmodule" && words[0]?.value === "macro_module");

/** Whether httpd runs the same lines in the same sections, but for those that load, make and use macros. */
export function sameLines(one: ActiveConfig, other: ActiveConfig): boolean {
  const lines = outline(one);
  const others = outline(other);
  return lines.length === others.length && lines.every((line, index) => line === others[index]);
}

function outline({ server }: ActiveConfig): readonly string[] {
  const lines: string[] = [];
  const waiting: { readonly node: ActiveNode; readonly depth: number }[] = [];
  const push = (children: readonly ActiveNode[], depth: number): void => {
    for (const node of children.toReversed()) if (!isOfMacros(node)) waiting.push({ node, depth });
  };
  push(server.children, 0);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, depth } = next;
    lines.push(JSON.stringify([depth, node.kind, node.key, node.limit?.methods, node.words.map(({ value }) => value)]));
    if (node.kind === "section") push(node.children, depth + 1);
  }
  return lines;
}
