import type { Dialect, MethodLimit, TableDirective } from "../compile/table.ts";
import { toBytes } from "../routing/bytes.ts";
import { lowerName } from "../routing/lower-name.ts";
import type { AuthSettings } from "./auth-settings.ts";
import { authNames, authSettings } from "./auth-settings.ts";
import { appliesTo } from "./method.ts";
import type { HostRules } from "./order.ts";
import { parseHostRules } from "./order.ts";
import type { Requirement } from "./require.ts";
import { parseRequirements } from "./require.ts";

/** Everything that decides access to what some sections cover; made once for each combination of sections. */
export interface AccessSettings {
  readonly dialect: Dialect;
  readonly hosts: HostRules;
  /** Until 2.2 the Require lines; each asks for a user. */
  readonly users: readonly { readonly words: readonly string[]; readonly limit: MethodLimit | undefined }[];
  /** 2.4. */
  readonly requirements: readonly Requirement[];
  readonly auth: AuthSettings;
  readonly satisfy: readonly { readonly any: boolean; readonly limit: MethodLimit | undefined }[];
}

const requireNames: ReadonlySet<string> = new Set(["require", "requireall", "requireany", "requirenone"]);
const hostNames: ReadonlySet<string> = new Set(["order", "allow", "deny"]);

/** The names of all directives that are read here, in lower case. */
export const accessNames: readonly string[] = [...hostNames, ...requireNames, "satisfy", ...authNames];

/** Reads the effective directives (after merging); others than those of access are ignored. */
export function accessSettings(effective: readonly TableDirective[], dialect: Dialect): AccessSettings {
  const requires = effective.filter(({ name }) => requireNames.has(lowerName(name)));
  const hosts = effective.filter(({ name }) => hostNames.has(lowerName(name)));
  const satisfy = effective.filter(({ name }) => lowerName(name) === "satisfy");
  return {
    dialect,
    hosts: parseHostRules(hosts, dialect),
    users: dialect === "2.4" ? [] : requires.map(({ args, limit }) => ({ words: args.map(toBytes), limit })),
    auth: authSettings(effective),
    requirements: dialect === "2.4" ? parseRequirements(requires) : [],
    satisfy: satisfy.map(({ args, limit }) => ({
      any: args[0]?.toLowerCase() === "any",
      limit: dialect === "1.3" ? undefined : limit,
    })),
  };
}

/** Whether passing either the address rules or the user rules is enough. */
export function satisfiesAny({ satisfy }: AccessSettings, method: string): boolean {
  return satisfy.findLast(({ limit }) => appliesTo(limit, method))?.any ?? false;
}
