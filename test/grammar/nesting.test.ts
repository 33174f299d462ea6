import { parse } from "../../grammar/parse.ts";
import type { SyntaxNode } from "../../grammar/syntax-tree.ts";
import { walk } from "../../src/ast/walk.ts";

/** The nesting as text: `A(b C())`; a section without end has a `?` behind it, a stray closing tag is `/A`. */
function shape(nodes: readonly SyntaxNode[]): string {
  let out = "";
  walk(nodes, {
    enter(node) {
      out += out === "" || out.endsWith("(") ? "" : " ";
      if (node.kind === "section") out += `${node.open.name}(`;
      else if (node.kind === "close") out += `/${node.name}`;
      else out += "name" in node ? node.name : node.kind;
      return undefined;
    },
    leave(node) {
      if (node.kind === "section") out += node.close === null ? ")?" : ")";
    },
  });
  return out;
}

function read(text: string): { shape: string; problems: string[] } {
  const tree = parse(text, "2.4");
  const line = (offset: number): number => text.slice(0, offset).split("\n").length;
  const problems = tree.problems.map((problem) => {
    const other = problem.other === undefined ? "" : ` ${problem.other.name} of ${line(problem.other.start)}`;
    return `${line(problem.line.start)} ${problem.kind}${other}`;
  });
  return { shape: shape(tree.children), problems };
}

const cases: Record<string, { text: string; shape: string; problems?: string[] }> = {
  "lines outside and inside of sections": {
    text: "a\n<B>\nc\n<D>\n</D>\n# x\n</B>\n\ne",
    shape: "a B(c D() comment) blank e",
  },
  "names without regard to case": { text: "<Abc>\n</aBC>\n", shape: "Abc()" },
  "sections of one name inside each other": { text: "<A>\n<A>\n</A>\nb\n</A>", shape: "A(A() b)" },
  "a section without end": {
    text: "<A>\nb\n<C>\n",
    shape: "A(b C()?)?",
    problems: ["1 unclosed-section", "3 unclosed-section"],
  },
  "an end without section": {
    text: "</A>\nb\n</A>\n",
    shape: "/A b /A",
    problems: ["1 unmatched-close", "3 unmatched-close"],
  },
  "an inner section without end": {
    text: "<A>\n<B>\nc\n</A>\nd",
    shape: "A(B(c)?) d",
    problems: ["2 unclosed-section"],
  },
  "crossed sections": {
    text: "<A>\n<B>\n</A>\n</B>\nc",
    shape: "A(B()?) /B c",
    problems: ["3 crossed-close B of 2"],
  },
  "one end for several sections": {
    text: "<A>\n<B>\n<C>\n</A>\n</C>\n",
    shape: "A(B(C()?)?) /C",
    problems: ["2 unclosed-section", "4 crossed-close C of 3"],
  },
  "a late end counts for one crossing only": {
    text: "<A>\n<B>\n</A>\n</B>\n</B>\n",
    shape: "A(B()?) /B /B",
    problems: ["3 crossed-close B of 2", "5 unmatched-close"],
  },
  "brackets that are missing": {
    text: "<A b\nc\n</A\n",
    shape: "A(c)",
    problems: ["1 missing-bracket", "3 missing-bracket"],
  },
  "Perl code that looks like sections": { text: "<A>\n<Perl>\n<B>\n</Perl>\n</A>", shape: "A(Perl(raw))" },
  "Perl code without end": {
    text: "<A>\n<Perl>\n</A>\n",
    shape: "A(Perl(raw)?)?",
    problems: ["1 unclosed-section", "2 unclosed-section"],
  },
};

test.each(Object.entries(cases))("%s", (_, { text, shape: expected, problems = [] }) => {
  expect(read(text)).toEqual({ shape: expected, problems });
});
