import type { TableSection } from "../../src/compile/table.ts";
import type { Layer } from "../../src/migrate/site/layers.ts";
import { canBeBelow, patternsNear } from "../../src/migrate/site/near-patterns.ts";

function layerOf(argument: string): Layer {
  const section: TableSection = {
    kind: "LocationMatch",
    argument,
    host: 0,
    place: { file: 0, line: 1 },
    directives: [],
    sections: [],
  };
  return { section, inside: null, order: [5, 0, 0, 0] };
}

const expressions = [
  "^/shop/(a|b)",
  "^/shop|/other",
  "^/shopping",
  "/anywhere",
  "^/",
  "^/s[|]hop/",
  "^/shop/x\\.y",
  "\\.bak$",
];

describe("patternsNear", () => {
  const near = patternsNear(expressions.map(layerOf), "2.4");

  it.each([
    ["", expressions],
    ["/shop", ["^/shop/(a|b)", "^/shop|/other", "/anywhere", "^/", "^/s[|]hop/", "^/shop/x\\.y", "\\.bak$"]],
    ["/shop/x.y", ["^/shop/(a|b)", "^/shop|/other", "/anywhere", "^/", "^/s[|]hop/", "^/shop/x\\.y", "\\.bak$"]],
    ["/others", ["^/shop|/other", "/anywhere", "^/", "^/s[|]hop/", "\\.bak$"]],
  ])("keeps in their order those that may match below %j", (path, wanted) => {
    expect(near.below(path).map(({ section }) => section.argument)).toEqual(wanted);
  });

  it("leaves out nothing that may match", () => {
    for (const path of ["", "/shop", "/shop/x.y", "/shop/a", "/sh", "/other"]) {
      const found = near.below(path).map(({ section }) => section.argument);
      for (const one of expressions) expect([one, found.includes(one)]).toEqual([one, canBeBelow(one, path)]);
    }
  });
});
