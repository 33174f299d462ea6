/**
 * The public API. Text becomes a syntax tree (`parse`), a configuration an active configuration (`readConfiguration`), which
 * is linted (`lint`) or compiled (`compile`) to a routing table; from a table requests are routed (`createRouter`) and
 * servers started (`startServer`).
 */
export { dialects } from "../grammar/dialect.ts";
export type { Dialect } from "../grammar/dialect.ts";
export { parse } from "../grammar/parse.ts";
export type * from "../grammar/syntax-tree.ts";
export type { Word } from "../grammar/word.ts";
export { applyEdits } from "./ast/edit.ts";
export { print } from "./ast/print.ts";
export { walk } from "./ast/walk.ts";
export type * from "./balance/candidacy.ts";
export type { ModuleFunction } from "./balance/load-modules.ts";
export { compile } from "./compile/compile.ts";
export type { Host, ListenAddress, Place, RoutingTable, TableDirective, TableSection } from "./compile/table.ts";
export type * from "./config/active-config.ts";
export { ConfigUnreadableError } from "./config/config-unreadable-error.ts";
export type { FileSystem } from "./config/file-system.ts";
export { memoryFileSystem } from "./config/memory-file-system.ts";
export { nodeFileSystem } from "./config/node-file-system.ts";
export { readConfiguration } from "./config/read.ts";
export type { ReadOptions } from "./config/read.ts";
export type * from "./diagnostics/diagnostic.ts";
export { formatText } from "./format/format-text.ts";
export { lint } from "./lint/lint.ts";
export { defineRule } from "./lint/rule.ts";
export type * from "./lint/rule.ts";
export { rules } from "./lint/rules/index.ts";
export type * from "./routing/match.ts";
export { readTable } from "./routing/read-table.ts";
export { createRouter, isRefusal } from "./routing/router.ts";
export { settle } from "./routing/settle.ts";
export { sampleRequests } from "./samples/sample-requests.ts";
export type { SampleRequest } from "./samples/sample-requests.ts";
export { startServer } from "./server/start-server.ts";
export type { RunningServer, ServerOptions } from "./server/start-server.ts";
export { decode, encode } from "./source/encoding.ts";
export { SourceFile } from "./source/source-file.ts";
export type { Position, Span } from "./source/source-file.ts";
export { version } from "./version.ts";
