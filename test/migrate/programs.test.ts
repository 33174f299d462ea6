import { migrateText, type Migrated } from "./support.ts";

const lua = `Listen 80
LuaHookLog /x.lua write
<LuaHookAccessChecker check late>
function check(r)
  if 1 <
  2 then return 403 end
end
</LuaHookAccessChecker>
`;

function verdictOf({ migration }: Migrated, start: string): string | undefined {
  const verdict = migration.lines.find(({ text }) => text.startsWith(start))?.verdict;
  return verdict?.kind === "dropped" && verdict.decides ? "lost" : verdict?.kind;
}

describe("programs in a configuration", () => {
  test.each(["nginx", "haproxy"])("%s has none, and one that says who gets what is lost", (to) => {
    const migrated = migrateText(lua, { to, dialect: "2.4" });
    expect(verdictOf(migrated, "<LuaHookAccessChecker")).toBe("lost");
    expect(verdictOf(migrated, "function check")).toBe("dropped");
    expect(verdictOf(migrated, "LuaHookLog")).toBe("dropped");
  });

  test("Apache 2.4 takes those of mod_lua as they stand", () => {
    const { text } = migrateText(lua, { to: "apache2.4", dialect: "2.4" });
    expect(text).toContain(lua.slice(lua.indexOf("<Lua")));
  });
});
