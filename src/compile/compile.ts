import type { ActiveConfig, ActiveDirective, ActiveNode, ActiveSection, Origin } from "../config/active-config.ts";
import type { FileSystem } from "../config/file-system.ts";
import { refusal, refusalByAll } from "../config/refusal.ts";
import type { ValueProblem } from "../config/values.ts";
import { createRouter } from "../routing/router.ts";
import { findAccessFile } from "./access-file-search.ts";
import { portNumber, type HostNames } from "./addresses.ts";
import { clusterSettings } from "./cluster.ts";
import { buildHost, hostAddresses } from "./hosts.ts";
import { doneByReader } from "./honoured.ts";
import { DEFAULT_PORT, listeners } from "./listeners.ts";
import { placeMap } from "./places.ts";
import type { CompileProblem } from "./problem.ts";
import { LineCompiler } from "./section-lines.ts";
import type { Host, HostAddress, Place, RoutingTable, TableDirective, TableSection } from "./table.ts";
import { TABLE_VERSION } from "./table.ts";

/** A table, and what of the configuration it could not hold. */
export interface Compilation {
  readonly table: RoutingTable;
  /** Errors: a server must not start from the table. In the order in which they were found. */
  readonly problems: readonly CompileProblem[];
}

export interface CompileOptions {
  /**
   * Given, .htaccess files are looked for in the document roots and one that AllowOverride lets in is listed as not enforced:
   * for tables that run without a reader of such files. Default null: something else reads them.
   */
  readonly searchAccessFiles?: FileSystem | null;
  /** Default `unknown`: hosts and listeners at the name of a machine are problems, and not in the table. */
  readonly hostNames?: HostNames;
  /** False leaves problems of patterns to the router that the caller makes of the table. Default true. */
  readonly checksPatterns?: boolean;
  /** False leaves out which lines httpd's commands refuse. Default true. */
  readonly checksLines?: boolean;
}

/** Main server directives that are one value for the whole process. */
const settingNames = new Set(
  (
    "timeout keepalive keepalivetimeout maxkeepaliverequests limitrequestfields limitrequestfieldsize limitrequestline " +
    "pidfile user group servertype servertokens serverroot maxclients maxrequestworkers serverlimit threadsperchild listenbacklog backhandworkers " +
    "backhandtrustedproxy backhandhealth backhandslowstart backhandmaxinflight backhandcheck backhandupstreamtls backhandloglevel unixsocketdir multicaststats broadcaststats acceptstats " +
    "backhandmoderatorpidfile backhandconnectionpools backhandstatssecret backhandstatsbus backhandstatsinterval"
  ).split(" "),
);

function lineKey({ file, line }: Place): string {
  return `${file}:${line}`;
}

/** The mutable state of one compilation. */
class Compiler {
  readonly problems: CompileProblem[] = [];
  readonly #config: ActiveConfig;
  readonly #files: readonly string[];
  readonly #lines: LineCompiler;
  readonly #sections: TableSection[] = [];
  readonly #settings: TableDirective[] = [];
  readonly #nameVirtualHosts: HostAddress[] = [];
  readonly #hostLines: ActiveDirective[] = [];
  readonly #hosts: Host[] = [];
  readonly #waiting: { readonly section: ActiveSection; readonly defaultPort: number }[] = [];
  readonly #placeOf: (origin: Origin) => Place;
  /** {@link lineKey} of each. */
  readonly #refused = new Set<string>();
  readonly #judge: (node: ActiveNode) => ValueProblem | null;
  #port: number = DEFAULT_PORT;

  readonly #hostNames: HostNames;

  constructor(config: ActiveConfig, hostNames: HostNames) {
    this.#hostNames = hostNames;
    this.#judge = config.dialectGiven ? refusal : refusalByAll;
    const { files, placeOf } = placeMap(config);
    this.#config = config;
    this.#files = files;
    this.#placeOf = placeOf;
    this.#lines = new LineCompiler(config.dialect, config.server, placeOf);
  }

  /** One problem for a line: what httpd says of it comes first. */
  readonly report = (problem: CompileProblem): void => {
    const { place } = problem;
    if (place !== null && this.#refused.has(lineKey(place))) return;
    this.problems.push(problem);
  };

  /** What httpd itself refuses while it reads: the table is then that of the part which could be read. */
  fatalProblems(): void {
    const { problems } = this.#config;
    const refused: string[] = [];
    for (const { fatal, message, origin } of problems) {
      if (!fatal) continue;
      const place = this.#placeOf(origin);
      this.report({ severity: "error", kind: "unreadable-configuration", message, place });
      refused.push(lineKey(place));
    }
    for (const line of refused) this.#refused.add(line);
  }

  /** The lines that httpd's commands refuse, in reading order but for those of sections, which follow their section. */
  refusedLines(section: ActiveSection): void {
    for (const node of section.children) {
      const problem = this.#judge(node);
      if (problem !== null && node.origin !== null) {
        const place = this.#placeOf(node.origin);
        const message = problem.help === undefined ? problem.message : `${problem.message}; ${problem.help}`;
        this.report({ severity: "error", kind: "refused-line", message, place });
        this.#refused.add(lineKey(place));
      }
      if (node.kind === "section") this.refusedLines(node);
    }
  }

  table(): RoutingTable {
    const { dialect, server, serverRoot } = this.#config;
    const { placeOf } = this.#lines;
    this.#host(server, 0, null);
    for (const { section, defaultPort } of this.#waiting) {
      this.#host(section, defaultPort, this.#lines.sectionPlace(section));
    }
    const lastOfMain = (key: string): ActiveDirective | undefined =>
      this.#hostLines.findLast((directive) => directive.key === key && directive.parent.key === "server");
    const listen = {
      listen: this.#hostLines.filter(({ key }) => key === "listen"),
      port: lastOfMain("port"),
      bindAddress: lastOfMain("bindaddress"),
    };
    const absolute = (path: string): string =>
      path.startsWith("/") || serverRoot === "" ? path : `${serverRoot.replace(/\/$/, "")}/${path}`;
    return {
      format: "backhand-routing-table",
      version: TABLE_VERSION,
      apache: dialect,
      files: this.#files,
      serverRoot,
      listen: listeners(listen, dialect === "1.3", placeOf, this.report, this.#hostNames),
      nameVirtualHosts: this.#nameVirtualHosts,
      hosts: this.#hosts,
      sections: this.#sections,
      cluster: clusterSettings(this.#hostLines, placeOf, absolute, this.report),
      settings: this.#settings,
      unenforced: this.#lines.unenforced,
    };
  }

  /** Reads one host: its own lines, its sections; virtual hosts wait until the main server is done. */
  #host(section: ActiveSection, defaultPort: number, place: Place | null): void {
    const index = this.#hosts.length;
    const main = this.#hosts[0] ?? null;
    const own: ActiveDirective[] = [];
    const directives: TableDirective[] = [];
    for (const node of section.children) {
      if (node.kind === "directive") {
        own.push(node);
        this.#hostLine(node, main === null, directives);
      } else if (node.key === "virtualhost" && main === null) {
        // 1.3 takes the main Port as it stands here; from 2.0 an address without a port means any.
        this.#waiting.push({ section: node, defaultPort: this.#config.dialect === "1.3" ? this.#port : 0 });
      } else {
        this.#lines.section(node, index, this.#sections);
      }
    }
    const lines = { section, own, directives, defaultPort };
    this.#hosts.push(
      buildHost(lines, main, this.#config.dialect, this.#lines.placeOf, place, this.report, this.#hostNames),
    );
  }

  #hostLine(directive: ActiveDirective, isMain: boolean, directives: TableDirective[]): void {
    const { key } = directive;
    const { dialect } = this.#config;
    this.#hostLines.push(directive);
    if (key === "port" && isMain) this.#port = portNumber(directive.words[0]?.value ?? "") ?? this.#port;
    if (key === "namevirtualhost" && dialect !== "2.4") {
      const words = directive.words.map(({ value }) => value);
      const port = dialect === "1.3" ? this.#port : 0;
      const place = this.#lines.placeOf(directive);
      this.#nameVirtualHosts.push(
        ...hostAddresses(words, "NameVirtualHost", place, port, this.report, this.#hostNames),
      );
    }
    if (doneByReader.has(key)) return;
    const line = this.#lines.line(directive, false);
    if (isMain && settingNames.has(key)) this.#settings.push(line);
    else directives.push(line);
  }
}

/**
 * Compiles what httpd makes of a configuration into the table that everything runs from. The same configuration gives the
 * same table. What cannot be compiled is a problem, never an exception.
 */
export function compile(config: ActiveConfig, options: CompileOptions = {}): Compilation {
  const compiler = new Compiler(config, options.hostNames ?? "unknown");
  compiler.fatalProblems();
  if (options.checksLines !== false) compiler.refusedLines(config.server);
  const table = compiler.table();
  const { problems } = options.checksPatterns === false ? { problems: [] } : createRouter(table);
  for (const { place, message } of problems) {
    compiler.report({ severity: "error", kind: "bad-pattern", message, place });
  }
  const files = options.searchAccessFiles ?? null;
  const found = files === null ? [] : findAccessFile(table, files);
  return { table: { ...table, unenforced: [...table.unenforced, ...found] }, problems: compiler.problems };
}
