import type { Formula } from "../apache24/formula.ts";
import type { SitePlace } from "./site.ts";

/** A word in quotes. */
export function quote(word: string): string {
  return `"${word.replace(/["\\]/g, "\\$&")}"`;
}

/** `allow` and `deny` lines in the order in which nginx asks them; null when they cannot say it. */
function hostRules(formula: Formula): readonly string[] | null {
  const ips = (one: Formula, negated: boolean): readonly string[] | null =>
    one.kind === "test" && one.provider === "ip" && one.negated === negated ? one.words.map(network) : null;
  const lines = (word: string, list: readonly string[]): readonly string[] => list.map((one) => `${word} ${one};`);
  switch (formula.kind) {
    case "always":
      return [];
    case "never":
      return ["deny all;"];
    case "test": {
      const allowed = ips(formula, false);
      if (allowed !== null) return [...lines("allow", allowed), "deny all;"];
      const denied = ips(formula, true);
      return denied === null ? null : [...lines("deny", denied), "allow all;"];
    }
    case "all": {
      const denied = formula.of.map((one) => ips(one, true));
      const rest = formula.of.filter((_, index) => denied[index] === null);
      const [only] = rest;
      if (rest.length > 1) return null;
      const inner = only === undefined ? ["allow all;"] : hostRules(only);
      return inner === null
        ? null
        : [
            ...lines(
              "deny",
              denied.flatMap((one) => one ?? []),
            ),
            ...inner,
          ];
    }
    case "any":
      return null;
    default:
      return formula satisfies never;
  }
}

/** `10.1` as nginx reads it. */
function network(word: string): string {
  const parts = /^\d+(?:\.\d+){0,2}$/.exec(word)?.[0].split(".");
  if (parts !== undefined) return `${[...parts, 0, 0, 0].slice(0, 4).join(".")}/${parts.length * 8}`;
  const [base = "", mask = ""] = word.split("/");
  if (!mask.includes(".")) return word;
  const bits = mask
    .split(".")
    .map((part) => Number(part).toString(2).padStart(8, "0"))
    .join("");
  return `${base}/${bits.lastIndexOf("1") + 1}`;
}

const isUser = (formula: Formula): boolean => formula.kind === "test" && formula.provider === "valid-user";

/** The access lines of a location; null for what nginx cannot ask, which must be closed. */
export function addressRules(formula: Formula, { realm, userFile }: SitePlace): readonly string[] | null {
  const hosts = hostRules(formula);
  if (hosts !== null) return hosts;
  const file = userFile !== null && userFile.startsWith("/") && !/[\n$]/.test(userFile) ? userFile : null;
  if (file === null) return null;
  const basic = [
    `auth_basic ${quote((realm ?? "restricted").replace(/\$/g, ""))};`,
    `auth_basic_user_file ${quote(file)};`,
  ];
  if (isUser(formula)) return basic;
  if (formula.kind !== "all" && formula.kind !== "any") return null;
  const rest = formula.of.filter((one) => !isUser(one));
  const [only] = rest;
  if (rest.length === formula.of.length || rest.length !== 1 || only === undefined) return null;
  const inner = hostRules(only);
  return inner === null ? null : [`satisfy ${formula.kind};`, ...inner, ...basic];
}
