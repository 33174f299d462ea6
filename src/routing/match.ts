import type { AccessSettings } from "../access/settings.ts";
import type { AskedRequest, ClientFacts } from "./client-facts.ts";
import type { Place, SectionKind, TableDirective } from "../compile/table.ts";
import type { ProxyPassage } from "./proxy-passage.ts";
import type { ReverseRule } from "./proxy-reverse.ts";

/** A request as far as routing is concerned. */
export interface RouteRequest {
  /** Local address and port that the connection reached. */
  readonly localAddress: string;
  readonly localPort: number;
  /** The Host field as sent, one character for each byte, as Node gives it; null when there is none. */
  readonly host: string | null;
  /** The request target as sent, likewise: path and query, or an absolute URI. */
  readonly target: string;
  readonly method: string;
  /** What SetEnvIf, If and `Require expr` look at; without it they set and decide nothing, which closes. */
  readonly client?: ClientFacts;
}

/** Where a request goes, and why. */
export interface Match {
  /** Index into the table's hosts; 0 is the main server. */
  readonly host: number;
  /** What decided the host, with its line: `ServerAlias *.example, httpd.conf:14`. */
  readonly reason: string;
  /** Decoded path as text. */
  readonly uri: string;
  /** Behind the `?`, as sent; null when there is none. */
  readonly query: string | null;
  /** Bytes that are no UTF-8 are kept as src/source/encoding.ts keeps them. Of a request that is sent on: `proxy:` and its URL. */
  readonly filename: string;
  /** What of the path lies behind the file; empty unless the file system was asked. */
  readonly pathInfo: string;
  /** What is at the file name; null when the file system was not asked or the document root is not on this machine. */
  readonly fileKind: "file" | "directory" | "missing" | null;
  /** The DocumentRoot, Alias, ScriptAlias or ProxyPass line that gave the file name; null for the built-in document root. */
  readonly mappedBy: TableDirective | null;
  /** Where a ProxyPass line sends the request; null: it is answered otherwise. */
  readonly proxy: ProxyPassage | null;
  /** ProxyPassReverse lines in effect, in the order in which they are tried. */
  readonly reverses: readonly ReverseRule[];
  /** In the order in which httpd merges them. */
  readonly sections: readonly MatchedSection[];
  /** The candidacy functions that decide, in order; empty: not balanced. */
  readonly pipeline: readonly PipelineStep[];
  /** From SetHandler, else AddHandler, else `cgi-script` for ScriptAlias; null when none or `None`. */
  readonly handler: string | null;
  /** The request with the variables that SetEnvIf and its kin have set; null without `client`. */
  readonly asked: AskedRequest | null;
  /** For an index file: httpd decides access again although all sections are its folder's, because conditions were merged. */
  readonly asksAgain: boolean;
  /** Lines that may change the answer and are not decided here: rewriting rules, conditions on what is unknown, … */
  readonly dependsOn: readonly TableDirective[];
  /** For `decide` in src/access; kept by combination of sections, like `effective`. */
  readonly access: AccessSettings;
  /**
   * For a folder that is there and not balanced: the DirectoryIndex files in their order, as requests of their own, missing
   * ones and refused ones among them. `settle` says which of them answers.
   */
  readonly index: readonly (Match | Refusal)[];
  /** A Redirect of a section, which comes after access is granted. */
  readonly redirect: { readonly status: number; readonly location: string | null; readonly place: Place } | null;
  /** Effective directives after merging, each with the lines that it overrode. */
  readonly effective: readonly EffectiveDirective[];
}

export interface MatchedSection {
  readonly kind: SectionKind | "htaccess";
  /** Empty for .htaccess. */
  readonly argument: string;
  /** Files behind those of the table are .htaccess files: see `Router.files`. */
  readonly place: Place;
}

export interface PipelineStep {
  readonly function: string;
  /** Null when the line gives none. */
  readonly argument: string | null;
  /** From BackhandFromSO: the file; null for built-in functions. */
  readonly from: string | null;
  readonly place: Place;
}

export interface EffectiveDirective extends TableDirective {
  readonly overrides: readonly Place[];
}

/** A request that httpd answers itself, before any section applies: malformed, or redirected at host level. */
export interface Refusal {
  /** 400, 403, 404, 414, 500, or what a Redirect line gives (301, 302, 303, 410, …). */
  readonly status: number;
  readonly reason: string;
  /** For the Location field; null unless the status redirects. A path is relative to the server (2.x). */
  readonly location: string | null;
  /** Index into the table's hosts; null when the request is malformed before one is found. */
  readonly host: number | null;
}
