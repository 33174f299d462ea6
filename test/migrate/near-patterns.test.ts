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
    expect(near.below(path, []).map(({ section }) => section.argument)).toEqual(wanted);
  });

  it("leaves out nothing that may match", () => {
    for (const path of ["", "/shop", "/shop/x.y", "/shop/a", "/sh", "/other"]) {
      const found = near.below(path, []).map(({ section }) => section.argument);
      for (const one of expressions) expect([one, found.includes(one)]).toEqual([one, canBeBelow(one, path)]);
    }
  });
});

describe("Files in a plain Directory", () => {
  const folderOf = (argument: string, line: number): TableSection => ({
    kind: "Directory",
    argument,
    host: 0,
    place: { file: 0, line },
    directives: [],
    sections: [],
  });
  const [shop, wild] = [folderOf("/srv/shop", 10), folderOf("/srv/*", 20)];
  const filesIn = (inside: TableSection): Layer => {
    const files = layerOf("*.cgi");
    return { ...files, section: { ...files.section, kind: "Files", place: inside.place }, inside };
  };
  const inShop = filesIn(shop);
  const inWild = filesIn(wild);
  const everywhere = layerOf("/anywhere");
  const ofPath = layerOf("^/shopping");

  it.each([
    ["", [inShop, inWild, everywhere, ofPath]],
    ["/shop", [inShop, inWild, everywhere]],
  ])("are met below %j where routing meets the Directory", (path, wanted) => {
    const near = patternsNear([inShop, inWild, everywhere, ofPath], "2.4");
    expect(near.below(path, [shop])).toEqual(wanted);
    expect(near.below(path, [])).toEqual(wanted.filter((one) => one !== inShop));
  });

  it("are found without sections for paths beside them", () => {
    const near = patternsNear([everywhere, inShop], "2.4");
    expect(near.below("/shop", [shop])).toEqual([everywhere, inShop]);
    expect(near.below("/shop", [])).toEqual([everywhere]);
  });
});
