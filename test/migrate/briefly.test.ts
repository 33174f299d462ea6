import { briefly, listedBriefly } from "../../src/migrate/site/briefly.ts";
import { migrateText } from "./support.ts";

describe("briefly", () => {
  const few = ["deny from 10.0.0.1", "allow all"];

  it("says all at each line unless that is far too much", () => {
    expect(briefly(few, 1000)).toEqual(few);
    const many = Array.from({ length: 1000 }, (_, at) => `line ${at}`);
    expect(briefly(many, 20)).toEqual(many);
  });

  it("says the first ones and how many more there are where it is too much", () => {
    const many = Array.from({ length: 1000 }, (_, at) => `line ${at}`);
    expect(briefly(many, 1000)).toEqual([...many.slice(0, 8), "… and 992 more"]);
    expect(listedBriefly(many.slice(0, 3), 1 << 20)).toBe("line 0, line 1, line 2");
  });

  it("cuts what is long by itself", () => {
    const [said = ""] = briefly(["x".repeat(10_000)], 1000);
    expect(said).toBe(`${"x".repeat(160)} …`);
  });
});

describe("thousands of lines that come to as many", () => {
  const lines = Array.from({ length: 3000 }, (_, at) => `Header add X-Many value-${at}`).join("\n");

  it("stand there whole, and the report says a few of them at each", () => {
    const { text, migration } = migrateText(`Listen 8001\n${lines}\n`, { to: "nginx", dialect: "2.4" });
    expect(new Set(text.match(/value-\d+/g)).size).toBe(3000);
    const said = migration.lines.filter(({ text: own }) => own.startsWith("Header"));
    expect(said).toHaveLength(3000);
    for (const { verdict } of said) {
      if (verdict.kind !== "changed") throw new Error(`Expected a changed line, got ${verdict.kind}`);
      expect(verdict.to).toHaveLength(9);
      expect(verdict.to[0]).toMatch(/^add_header X-Many /);
      expect(verdict.to[8]).toBe("… and 2992 more");
    }
  });
});
