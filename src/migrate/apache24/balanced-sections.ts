import type { ActiveConfig, ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import { firstWord } from "./line-rule.ts";

/** One candidacy function of a pipeline. */
export interface Step {
  readonly name: string;
  readonly argument: string | null;
  readonly directive: ActiveDirective;
}

/** A section with candidacy functions of its own. */
export interface BalancedSection {
  readonly section: ActiveSection;
  readonly steps: readonly Step[];
}

/** Every section that has Backhand lines, the server and its hosts among them, in the order of reading. */
export function balancedSections({ server }: ActiveConfig): readonly BalancedSection[] {
  const found: BalancedSection[] = [];
  const visit = (section: ActiveSection): void => {
    const steps: Step[] = [];
    for (const node of section.children) {
      if (node.kind === "section") visit(node);
      else if (node.key === "backhand") {
        steps.push({ name: firstWord(node), argument: node.words[1]?.value ?? null, directive: node });
      } else if (node.key === "backhandfromso") {
        steps.push({ name: node.words[1]?.value ?? "", argument: node.words[2]?.value ?? null, directive: node });
      }
    }
    if (steps.length > 0) found.push({ section, steps });
  };
  visit(server);
  return found;
}

/** How a balancer of 2.4 chooses. */
export interface Method {
  /** `heartbeat`: by what the members announce; `bybusyness`: by the requests that are there; `byrequests`: in turn. */
  readonly name: "heartbeat" | "bybusyness" | "byrequests";
  /** From bySession: what stands before the eight digits; null without. */
  readonly session: string | null;
}

const byFigures = new Set(["byLoad", "byCPU", "byCost", "byBusyChildren", "byIdle", "addPrediction"]);
const byOwnCount = new Set(["byInflight", "byLatency"]);

/** What a function becomes: part of the method, or something that no balancer of 2.4 does. */
export function fateOf({ name, argument }: Pick<Step, "name" | "argument">): {
  readonly isLost: boolean;
  readonly why: string;
} {
  switch (name) {
    case "byAge":
      return { isLost: false, why: "a balancer of 2.4 leaves out servers that were silent for 10 s, or do not answer" };
    case "removeSelf":
      return { isLost: false, why: "this server is no member" };
    case "bySession":
      return { isLost: false, why: "in stickysession, with the same digits as the member's route" };
    case "byHealth":
      return { isLost: false, why: "in the health checks of the members" };
    case "byRandom":
    case "byWindow":
    case "byLogWindow":
      return { isLost: false, why: "the method of the balancer chooses among all of them by itself" };
    case "addSelf":
      return { isLost: true, why: "a balancer cannot choose itself here: give its own backend as a member" };
    case "HTTPRedirectToIP":
    case "HTTPRedirectToName":
      return {
        isLost: true,
        why: "the new balancer hands requests on; it does not redirect to the server that it chose",
      };
    case "byHostname":
      return {
        isLost: true,
        why: `members are not chosen by their names: leave those out that "${argument ?? ""}" does not fit`,
      };
    case "byWeight":
      return { isLost: false, why: "give the members a loadfactor" };
    case "off":
    case "backhand_off":
      return { isLost: false, why: "in RewriteEngine Off" };
    default:
      if (byFigures.has(name) || byOwnCount.has(name)) return { isLost: false, why: "in the method of the balancer" };
      return { isLost: true, why: `the new balancer has nothing like ${name}` };
  }
}

/** Whether it ends a pipeline with nobody. */
export function isOffStep({ name }: Pick<Step, "name">): boolean {
  return name === "off" || name === "backhand_off";
}

/** Whether the section is not balanced at all. */
export function isOff({ steps }: BalancedSection): boolean {
  return steps.some(isOffStep);
}

/** The method that comes nearest; `hears` says whether announcements can be heard. */
export function methodOf(
  { steps }: { readonly steps: readonly Pick<Step, "name" | "argument">[] },
  hears: boolean,
): Method {
  const session = steps.find(({ name }) => name === "bySession");
  const word = session === undefined ? null : (session.argument ?? "PHPSESSID=");
  const sort = steps.findLast(({ name }) => byFigures.has(name) || byOwnCount.has(name))?.name;
  return {
    name: sort === undefined ? "byrequests" : byFigures.has(sort) && hears ? "heartbeat" : "bybusyness",
    session: word === null ? null : word.endsWith("=") ? word.slice(0, -1) : word,
  };
}
