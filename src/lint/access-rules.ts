import type { ActiveDirective, ActiveSection } from "../config/active-config.ts";
import { directivesOf } from "./sections.ts";

const HOST_RULES = ["order", "allow", "deny"] as const;

/** The access directives of a section, those of <Require…> sections in it too. */
export function accessDirectives(section: ActiveSection): readonly ActiveDirective[] {
  const own = directivesOf(section, ...HOST_RULES, "require", "satisfy", "authtype", "sslrequire", "sslverifyclient");
  const nested = section.children.flatMap((node) =>
    node.kind === "section" && /^require(?:all|any|none)$/.test(node.key) ? directivesOf(node, "require") : [],
  );
  return [...own, ...nested];
}

/** Whether a directive lets everybody in: `Allow from all`, `Require all granted`. */
export function grantsAll({ key, words }: ActiveDirective): boolean {
  const values = words.map(({ value }) => value.toLowerCase());
  if (key === "require") return values[0] === "all" && values[1] === "granted";
  return key === "allow" && values.slice(1).includes("all");
}

/** Whether a directive keeps everybody out that nothing else lets in: `Deny from all`, `Require all denied`. */
export function deniesAll({ key, words }: ActiveDirective): boolean {
  const values = words.map(({ value }) => value.toLowerCase());
  if (key === "require") return values[0] === "all" && values[1] === "denied";
  return key === "deny" && values.slice(1).includes("all");
}

/** Whether a section itself keeps somebody out: a Deny, or a Require that is not for all. */
export function restricts(section: ActiveSection): boolean {
  return accessDirectives(section).some(
    (one) => one.key === "deny" || one.key === "sslrequire" || (one.key === "require" && !grantsAll(one)),
  );
}

/** Whether the section or one around it, short of the server and its hosts, keeps somebody out. */
export function isRestricted(section: ActiveSection): boolean {
  for (let at: ActiveSection | null = section; at !== null; at = at.parent) {
    if (at.key === "server" || at.key === "virtualhost") return false;
    if (restricts(at)) return true;
  }
  return false;
}

/** `allow,deny` or `deny,allow`, which is what holds without Order; null for mutual-failure. */
export function orderOf(section: ActiveSection): "allow,deny" | "deny,allow" | null {
  const order = directivesOf(section, "order").at(-1);
  if (order === undefined) return "deny,allow";
  const value = order.words[0]?.value.toLowerCase() ?? "";
  return value === "allow,deny" || value === "deny,allow" ? value : null;
}
