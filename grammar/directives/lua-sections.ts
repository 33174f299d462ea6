import type { DirectiveTable } from "./directive-table.ts";

/**
 * mod_lua's sections, which hold a program and which the manual writes only as directives. 2.4.71 takes each of them anywhere,
 * since commands that run while the text is read are not tested for their place.
 * 2.4 modules/lua/mod_lua.c lua_commands
 */
export const luaSectionTable: DirectiveTable = {
  modules: [{ name: "mod_lua", identifier: "lua_module" }],
  dialects: ["2.4"],
  directives: [
    "<LuaHookPreTranslateName RAW_ARGS sax,<LuaHookTranslateName RAW_ARGS sax,<LuaHookFixups RAW_ARGS sax",
    "<LuaHookMapToStorage RAW_ARGS sax,<LuaHookCheckUserID RAW_ARGS sax,<LuaHookTypeChecker RAW_ARGS sax",
    "<LuaHookAccessChecker RAW_ARGS sax,<LuaHookAuthChecker RAW_ARGS sax,<LuaQuickHandler RAW_ARGS sax",
  ],
};
