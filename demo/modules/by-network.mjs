// A candidacy function of one's own, as a sample; docs/candidacy/README.md describes what it gets and may do.
//
//   BackhandFromSO modules/by-network.mjs byNetwork 10.1.
//
// The types come from the package: an editor, or `tsc --checkJs`, knows all fields of servers and context.

/**
 * Puts the servers whose addresses begin with the argument before the others, which stay behind them as a reserve: the own
 * data centre first, the other one when all of it is gone. Keeps the order within both, so that a sort before it still counts.
 *
 * @type {import("backhand").ModuleFunction}
 */
export const byNetwork = (servers, context, argument) => {
  if (argument === null) {
    // Called once for each request, but the log must not get a line for each.
    if (context.nowMs - warnedMs > 60_000) {
      warnedMs = context.nowMs;
      context.warn("byNetwork: expected the beginning of an address, such as 10.1.");
    }
    return servers;
  }
  const near = servers.filter(({ address }) => address.startsWith(argument));
  const far = servers.filter(({ address }) => !address.startsWith(argument));
  return [...near, ...far];
};

let warnedMs = -Infinity;
