import type { DirectiveTable } from "./directive-table.ts";

/**
 * mod_backhand, an Apache 1.3 module whose command table is not available; places follow its documents, and `Backhand` is
 * also taken at server and virtual-host level, as the default of what lies below.
 */
export const modBackhand: DirectiveTable = {
  modules: [{ name: "mod_backhand", identifier: "backhand_module", status: "ours" }],
  dialects: ["1.3"],
  directives: [
    "UnixSocketDir TAKE1 s GLOBAL_ONLY",
    "MulticastStats TAKE12 s",
    "BroadcastStats TAKE12 s",
    "AcceptStats TAKE1 s",
    "Backhand TAKE12 ads",
    "BackhandFromSO TAKE23 ads",
    "BackhandSelfRedirect FLAG ds",
    "BackhandLogLevel ITERATE s",
    "BackhandModeratorPIDFile TAKE1 s GLOBAL_ONLY",
    "BackhandConnectionPools FLAG s GLOBAL_ONLY",
  ],
};

/** Our own directives, which no Apache reads because its IfModule is false; see docs of the directives themselves. */
export const modBackhandNg: DirectiveTable = {
  modules: [{ name: "mod_backhand_ng", identifier: "backhand_ng_module", status: "ours" }],
  dialects: ["1.3", "2.0", "2.2", "2.4"],
  directives: [
    "BackhandLocal TAKE1 ads",
    "BackhandStatsSecret TAKE1 s",
    "BackhandStatsBus TAKE1 s",
    "BackhandStatsInterval TAKE1 s",
    "BackhandTimeout TAKE_ARGV ads",
    "BackhandRetry TAKE_ARGV ads",
    "BackhandMaxInflight TAKE123 s GLOBAL_ONLY",
    "BackhandHealth TAKE_ARGV s GLOBAL_ONLY",
    "BackhandCheck TAKE_ARGV s GLOBAL_ONLY",
    "BackhandSlowStart TAKE1 s GLOBAL_ONLY",
    "BackhandTrustedProxy ITERATE s",
    "BackhandUpstreamTLS TAKE12 s GLOBAL_ONLY",
    "BackhandWorkers TAKE1 s GLOBAL_ONLY",
  ],
};
