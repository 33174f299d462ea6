import { dialects } from "../../grammar/dialect.ts";
import type { TableDirective } from "../../src/compile/table.ts";
import { effectiveOf, linesOfSlots, mergeSlots } from "../../src/routing/merge-slots.ts";
import { randomFrom } from "../support/random.ts";

const SEED = 20_261_123;
const NAMES =
  "Order Allow Deny Satisfy Require AuthType Options AddType AddHandler ErrorDocument Header SetEnvIf BrowserMatch ExpiresByType Unknown".split(
    " ",
  );

describe("linesOfSlots", () => {
  it.each(dialects)("finds in %s what looking at each effective line finds", (dialect) => {
    const random = randomFrom(SEED);
    let line = 0;
    const layer = (count: number): readonly TableDirective[] =>
      Array.from({ length: count }, () => {
        line += 1;
        return { name: random.of(NAMES), args: [random.of(["a", "b", "404", "+x"]), "y"], place: { file: 0, line } };
      });
    const outer = [layer(60), layer(5)];
    let found = 0;
    for (let round = 0; round < 200; round += 1) {
      const inner = Array.from({ length: random.below(4) }, () => layer(random.below(8)));
      const effective = effectiveOf(mergeSlots(outer, inner, dialect), dialect);
      const names = Array.from({ length: 1 + random.below(3) }, () => random.of(NAMES).toLowerCase());
      const lines = linesOfSlots(effective, names);
      if (lines === null) continue;
      found += 1;
      expect(lines).toEqual(effective.filter(({ name }) => names.includes(name.toLowerCase())));
    }
    expect(found).toBeGreaterThan(50);
  });

  it("gives all that inherit the lines of a name the same list", () => {
    const main = Array.from({ length: 40 }, (_, at) => ({
      name: "AddType",
      args: [`a/${at}`, "b"],
      place: { file: 0, line: at + 1 },
    }));
    const listOf = (own: TableDirective): readonly TableDirective[] | null =>
      linesOfSlots(effectiveOf(mergeSlots([main], [[own]], "2.4"), "2.4"), ["addtype"]);
    const [one, other] = ["x", "y"].map((word) =>
      listOf({ name: "Header", args: [word], place: { file: 0, line: 99 } }),
    );
    expect(one).toHaveLength(40);
    expect(one).toBe(other);
  });
});
