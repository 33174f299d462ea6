import type { ArgumentKind, ContextName, DirectiveSpec, OverrideBit } from "../../grammar/directives/directive-spec.ts";

/** A directive of a module that backhand does not know, as a user declares it. */
export interface DirectiveDeclaration {
  readonly name: string;
  /** Whether it is a section, `<Name …>`. Default false. */
  readonly section?: boolean;
  /** Default TAKE_ARGV, any words; RAW_ARGS for sections. */
  readonly args?: ArgumentKind;
  /** Where it may stand; default anywhere. */
  readonly contexts?: readonly ContextName[];
  /**
   * Source file or name of its module: the directive is there when the module is. Without it the directive is always
   * there.
   */
  readonly module?: string;
}

/** Declared directives by lower-case name, sections with a leading `<`. */
export type DeclaredDirectives = ReadonlyMap<string, DirectiveSpec>;

const bits: Readonly<Record<ContextName, readonly OverrideBit[]>> = {
  "server config": ["RSRC_CONF"],
  "virtual host": ["RSRC_CONF"],
  directory: ["ACCESS_CONF"],
  ".htaccess": ["OR_ALL"],
  "proxy section": ["PROXY_CONF"],
};
const anywhere: readonly ContextName[] = ["server config", "virtual host", "directory", ".htaccess"];

/** What declarations say, as the tables say it. Of two for one name the last counts. */
export function declareDirectives(declarations: readonly DirectiveDeclaration[]): DeclaredDirectives {
  const found = new Map<string, DirectiveSpec>();
  for (const { name, section = false, args, contexts = anywhere, module = "" } of declarations) {
    const hosts = contexts.includes("virtual host") || !contexts.includes("server config");
    found.set((section ? "<" : "") + name.toLowerCase(), {
      name,
      section,
      module,
      args: [args ?? (section ? "RAW_ARGS" : "TAKE_ARGV")],
      overrides: [...new Set(contexts.flatMap((context) => bits[context]))],
      notIn: hosts ? [] : ["NOT_IN_VIRTUALHOST"],
      contexts,
    });
  }
  return found;
}
