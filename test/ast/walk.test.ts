import { parse } from "../../grammar/parse.ts";
import type { SyntaxNode } from "../../grammar/syntax-tree.ts";
import { walk } from "../../src/ast/walk.ts";

const label = (node: SyntaxNode): string =>
  node.kind === "section" ? `<${node.open.name}>` : "name" in node ? node.name : node.kind;

function visits(text: string, skip?: string): string[] {
  const seen: string[] = [];
  walk(parse(text, "2.4").children, {
    enter(node, parent) {
      seen.push(`+${label(node)}${parent === null ? "" : ` in ${label(parent)}`}`);
      return label(node) === skip ? "skip" : undefined;
    },
    leave(node, parent) {
      seen.push(`-${label(node)}${parent === null ? "" : ` in ${label(parent)}`}`);
    },
  });
  return seen;
}

const text = "a\n<B>\nc\n<D>\n</D>\n</B>\n# e\n";

test("nodes are entered and left in the order of the text, each with its section", () => {
  expect(visits(text)).toEqual([
    "+a",
    "-a",
    "+<B>",
    "+c in <B>",
    "-c in <B>",
    "+<D> in <B>",
    "-<D> in <B>",
    "-<B>",
    "+comment",
    "-comment",
  ]);
});

test("a section can be skipped and is left all the same", () => {
  expect(visits(text, "<B>")).toEqual(["+a", "-a", "+<B>", "-<B>", "+comment", "-comment"]);
});

test("no nodes, no visits; a visitor may want nothing", () => {
  expect(visits("")).toEqual([]);
  expect(() => {
    walk(parse(text, "2.4").children, {});
  }).not.toThrow();
});

test("a hundred thousand levels are no deeper than one", () => {
  let deepest = 0;
  let depth = 0;
  walk(parse("<a>\n".repeat(100_000), "2.4").children, {
    enter() {
      deepest = Math.max(deepest, (depth += 1));
      return undefined;
    },
    leave() {
      depth -= 1;
    },
  });
  expect([deepest, depth]).toEqual([100_000, 0]);
});
