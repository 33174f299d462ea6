import type { SyntaxNode, SyntaxTree } from "../../grammar/syntax-tree.ts";

/** How many sections each line of a tree lies in, tags not counting as inside of their own; in the order of the lines. */
export function depthsOf(tree: SyntaxTree): readonly number[] {
  const byStart = new Map<number, number>();
  // With a list of its own, since a file may nest deeper than the call stack.
  const waiting: { readonly nodes: readonly SyntaxNode[]; readonly depth: number }[] = [
    { nodes: tree.children, depth: 0 },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const node of next.nodes) {
      if (node.kind !== "section") {
        byStart.set(node.start, next.depth);
        continue;
      }
      byStart.set(node.open.start, next.depth);
      if (node.close !== null) byStart.set(node.close.start, next.depth);
      waiting.push({ nodes: node.children, depth: next.depth + 1 });
    }
  }
  return tree.lines.map((line) => byStart.get(line.start) ?? 0);
}
