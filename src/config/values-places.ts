import type { ActiveNode } from "./active-config.ts";
import { isInside } from "./value-problem.ts";
import type { ValueCheck, ValueProblem } from "./values.ts";

/** Not a matter of `ap_check_cmd_context`: the handler looks for the host's list of names, which the main server has not. */
function onlyInVirtualHost(node: ActiveNode): ValueProblem | null {
  return isInside(node, "virtualhost") ? null : { message: `${node.name} is only for a <VirtualHost>` };
}

/** 1.3 reads the port with `atoi`; 2.x takes what it cannot read for part of a host name and only warns. */
function virtualHost(node: ActiveNode): ValueProblem | null {
  if (node.origin?.reading.tree.dialect !== "1.3") return null;
  for (const word of node.words) {
    const port = /:([^:]*)$/.exec(word.value)?.[1];
    if (port === undefined || port === "*" || /^\s*[+-]?0*[1-9]/.test(port)) continue;
    return {
      message: `Port "${port}" in <VirtualHost> must be a number or *`,
      span: { start: word.start, end: word.end },
    };
  }
  return null;
}

/** Checks that depend on where the directive stands. */
export const placeChecks: readonly (readonly [string, ValueCheck])[] = [
  ["serveralias", onlyInVirtualHost],
  ["<virtualhost", virtualHost],
];
