/** How httpd's core hands the arguments of a directive to its module (`cmd_how` of a `command_rec`). */
export type ArgumentKind =
  | "NO_ARGS"
  | "TAKE1"
  | "TAKE2"
  | "TAKE3"
  | "TAKE12"
  | "TAKE13"
  | "TAKE23"
  | "TAKE123"
  | "ITERATE"
  | "ITERATE2"
  | "FLAG"
  | "RAW_ARGS"
  | "TAKE_ARGV";

/** Where a directive may stand. `directory` means <Directory>, <Location>, <Files> and what counts as them. */
export type ContextName = "server config" | "virtual host" | "directory" | ".htaccess" | "proxy section";

/** The `req_override` bits of a `command_rec`: what decides, together with the place, whether httpd runs the command. */
export type OverrideBit =
  | "RSRC_CONF"
  | "ACCESS_CONF"
  | "OR_LIMIT"
  | "OR_OPTIONS"
  | "OR_FILEINFO"
  | "OR_AUTHCFG"
  | "OR_INDEXES"
  | "OR_ALL"
  | "OR_UNSET"
  | "PROXY_CONF"
  | "EXEC_ON_READ";

/** What one module of one httpd knows of one directive. */
export interface DirectiveSpec {
  /** As the manual writes it, without `<` and `>`. */
  readonly name: string;
  /** Whether it is a section (`<Name …>`). */
  readonly section: boolean;
  /** Source file of the module as 1.3's IfModule names it (`mod_alias.c`), or 2.4's module name (`mod_alias`). */
  readonly module: string;
  /** Several when the name lives in several modules or tables. */
  readonly args: readonly ArgumentKind[];
  readonly overrides: readonly OverrideBit[];
  /** Flags that the handler tests with `ap_check_cmd_context`, e.g. GLOBAL_ONLY, NOT_IN_LIMIT. */
  readonly notIn: readonly string[];
  /** Contexts by the manual; the code is often wider. */
  readonly contexts: readonly ContextName[];
  /** How the manual writes its use, in one line; absent where no manual describes it. */
  readonly syntax?: string;
  /** The first httpd that has it, as the manual writes it (`2.4.31`); absent when it always was there. */
  readonly since?: string;
}
