import type { Dialect } from "../../../grammar/dialect.ts";
import type { ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import type { Component } from "./access-rules.ts";
import { accessFormula, components } from "./access-rules.ts";
import type { Formula } from "./formula.ts";
import { all, any, not, test } from "./formula.ts";
import type { Guard, Inherit } from "./guards.ts";
import { isSurelyLater } from "./guards.ts";

/** Whether a request meets a section, as far as it is known already. */
type Known = ReadonlyMap<Guard, boolean>;

/** Lines of a component that hold for the requests that meet a section; the first section that is met gives them. */
interface Choice {
  readonly sections: readonly Guard[];
  /** Those of the section that surely is met when none of the others is. */
  readonly lines: readonly ActiveDirective[];
}

/** Sections that a request chooses among; more make rules that nobody can read. */
const MOST_SECTIONS = 8;
/** Cases that are written down. */
const MOST_CASES = 32;

/**
 * Who may in a section, for the requests of one host, where what it inherits depends on the request: expressions ask whether
 * it meets the sections that it could inherit from. Null when no expression tells.
 */
export function formulaByCases(guard: Guard, host: ActiveSection, inherit: Inherit, dialect: Dialect): Formula | null {
  if (guard.scopes?.length !== 0) return null;
  const hosts = choiceOf(guard, "hosts", host, inherit);
  const users = choiceOf(guard, "users", host, inherit);
  const satisfy = choiceOf(guard, "satisfy", host, inherit);
  if (hosts === null || users === null || satisfy === null) return null;
  const choices = { hosts, users, satisfy };
  let cases = 0;
  const under = (known: Known): Formula | null => {
    const open = components.flatMap((component) => undecided(choices[component], known) ?? []);
    const [next] = open;
    if (next === undefined) {
      cases += 1;
      return accessFormula(
        {
          hosts: chosen(hosts, "hosts", known),
          users: chosen(users, "users", known),
          satisfy: chosen(satisfy, "satisfy", known),
        },
        dialect,
      );
    }
    const met = meets(next);
    if (met === null || cases > MOST_CASES) return null;
    const inside = under(new Map([...known, [next, true]]));
    const outside = under(new Map([...known, [next, false]]));
    if (inside === null || outside === null) return null;
    if (JSON.stringify(inside) === JSON.stringify(outside)) return inside;
    return any([all([met, inside]), all([not(met), outside])]);
  };
  return under(new Map());
}

function choiceOf(guard: Guard, component: Component, host: ActiveSection, inherit: Inherit): Choice | null {
  if (guard[component].length > 0) return { sections: [], lines: guard[component] };
  const inherited = inherit(guard, component, host);
  switch (inherited.kind) {
    case "none":
      return { sections: [], lines: [] };
    case "from":
      return { sections: [], lines: inherited.guard[component] };
    case "unknown": {
      const { guards, sure, unseen } = inherited;
      if (unseen || guards.length > MOST_SECTIONS) return null;
      const sorted = [...guards].sort((a, b) => (isSurelyLater(a, b) ? -1 : 1));
      const isOrdered = sorted.every((one, at) => sorted.slice(at + 1).every((other) => isSurelyLater(one, other)));
      if (!isOrdered) return null;
      const end = sorted.findIndex((one) => sure.has(one));
      return end < 0
        ? { sections: sorted, lines: [] }
        : { sections: sorted.slice(0, end), lines: sorted[end]?.[component] ?? [] };
    }
    default:
      return inherited satisfies never;
  }
}

/** The first section of which must be known whether it is met. */
function undecided({ sections }: Choice, known: Known): Guard | null {
  for (const one of sections) {
    const isMet = answer(one, known);
    if (isMet === undefined) return one;
    if (isMet) return null;
  }
  return null;
}

function chosen({ sections, lines }: Choice, component: Component, known: Known): readonly ActiveDirective[] {
  return sections.find((one) => answer(one, known) === true)?.[component] ?? lines;
}

/** Whether a section is met by what is known of it, or of a folder below or above. */
function answer(one: Guard, known: Known): boolean | undefined {
  for (const [other, isMet] of known) {
    if (other.kind !== one.kind || other.path === null || one.path === null) continue;
    if (other.path === one.path) return isMet;
    if (one.kind !== "Directory") continue;
    if (isMet && other.path.startsWith(one.path)) return true;
    if (!isMet && one.path.startsWith(other.path)) return false;
  }
  return undefined;
}

/**
 * Whether a request meets a section. The file name of a folder that is asked for without a slash has none when httpd asks for
 * access (seen with 2.4.71), but meets the section; a file of that name does not.
 * httpd 2.4 server/request.c ap_directory_walk, ap_location_walk
 */
function meets({ kind, path, isAccessFile, scopes, inside }: Guard): Formula | null {
  if (path === null || isAccessFile || scopes?.length !== 0 || inside !== null) return null;
  if (path !== "/" && !/^(?:\/[\w~@+-][\w.~@+-]*)+\/?$/.test(path)) return null;
  const text = path.replace(/[.+]/g, "\\$&");
  switch (kind) {
    case "Directory":
      return inFolder(text);
    case "Location":
      return expression("REQUEST_URI", `^${text}${path.endsWith("/") ? "" : "(?:/|$)"}`);
    case "Files":
    case "DirectoryMatch":
    case "Proxy":
      return null;
    default:
      return kind satisfies never;
  }
}

function inFolder(path: string): Formula {
  const inside = `%{REQUEST_FILENAME} =~ m#^${path}#`;
  if (path === "/") return test("expr", [inside]);
  const itself = `%{REQUEST_FILENAME} =~ m#^${path.replace(/\/$/, "")}$# && -d %{REQUEST_FILENAME}`;
  return test("expr", [`${inside} || ( ${itself} )`]);
}

function expression(variable: string, pattern: string): Formula {
  return test("expr", [`%{${variable}} =~ m#${pattern}#`]);
}
