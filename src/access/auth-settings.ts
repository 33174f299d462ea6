import type { TableDirective } from "../compile/table.ts";
import { lowerName } from "../routing/lower-name.ts";

/** How users are told apart where some sections apply. */
export interface AuthSettings {
  /** Lower case; null: no AuthType. */
  readonly type: string | null;
  readonly realm: string | null;
  /** As written: relative names start at ServerRoot. */
  readonly userFile: string | null;
  readonly groupFile: string | null;
  /** AuthBasicProvider; only `file` can be asked. */
  readonly providers: readonly string[];
  /** AuthzSendForbiddenOnFailure On: 403 instead of 401 for a user who may not. */
  readonly forbidsOnFailure: boolean;
}

const unset = (word: string | undefined): string | null =>
  word === undefined || word === "" || word.toLowerCase() === "none" ? null : word;

/** The names of the directives that are read here, in lower case. */
export const authNames = [
  "authtype",
  "authname",
  "authuserfile",
  "authgroupfile",
  "authbasicprovider",
  "authzsendforbiddenonfailure",
] as const;

/** Reads effective directives. */
export function authSettings(effective: readonly TableDirective[]): AuthSettings {
  const wordsOf = (name: (typeof authNames)[number]): readonly string[] | undefined =>
    effective.findLast((directive) => lowerName(directive.name) === name)?.args;
  const groupFile = wordsOf("authgroupfile")?.[0];
  const userFile = wordsOf("authuserfile")?.[0];
  return {
    type: unset(wordsOf("authtype")?.[0])?.toLowerCase() ?? null,
    realm: wordsOf("authname")?.join(" ") ?? null,
    userFile: userFile ?? null,
    groupFile: groupFile ?? null,
    providers: wordsOf("authbasicprovider") ?? ["file"],
    forbidsOnFailure: wordsOf("authzsendforbiddenonfailure")?.[0]?.toLowerCase() === "on",
  };
}
