import type { Section, SyntaxNode } from "../../grammar/syntax-tree.ts";

/** What to call for each node. The parent is the section that the node stands in, null at the top. */
export interface Visitor {
  /** Before the children of a section. `"skip"` leaves them out; `leave` is called all the same. */
  enter?(node: SyntaxNode, parent: Section | null): "skip" | undefined;
  /** Behind the children of a section; behind `enter` for other nodes. */
  leave?(node: SyntaxNode, parent: Section | null): void;
}

interface Frame {
  readonly nodes: readonly SyntaxNode[];
  readonly section: Section | null;
  next: number;
}

/** Visits nodes and what is inside them in the order of the text. The depth costs memory and no stack. */
export function walk(nodes: readonly SyntaxNode[], visitor: Visitor): void {
  const frames: Frame[] = [{ nodes, section: null, next: 0 }];
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const node = frame.nodes[frame.next];
    if (node === undefined) {
      frames.pop();
      if (frame.section !== null) visitor.leave?.(frame.section, frames.at(-1)?.section ?? null);
      continue;
    }
    frame.next += 1;
    const skip = visitor.enter?.(node, frame.section) === "skip";
    if (node.kind === "section" && !skip) frames.push({ nodes: node.children, section: node, next: 0 });
    else visitor.leave?.(node, frame.section);
  }
}
