import type { Dialect } from "../../grammar/dialect.ts";

/** Again here, because what runs from a table imports nothing of the grammar. */
export type { Dialect };

/** Raised whenever a table of an older version cannot be read any more. */
export const TABLE_VERSION = 1;

/**
 * The routing table: what a configuration means, as plain JSON. It holds the server and its virtual hosts, their sections in
 * the order of the file, and in each the directives that routing needs, with their lines; nothing of the text beyond that.
 * A server starts from it without loading the parser.
 */
export interface RoutingTable {
  readonly format: "backhand-routing-table";
  readonly version: typeof TABLE_VERSION;
  readonly apache: Dialect;
  /** Paths of the files that were read; places refer to them by index. */
  readonly files: readonly string[];
  readonly serverRoot: string;
  readonly listen: readonly ListenAddress[];
  /** 1.3 and 2.2: the addresses that have name-based hosts. Empty in 2.4, where every address has. */
  readonly nameVirtualHosts: readonly HostAddress[];
  /** The main server is the first. */
  readonly hosts: readonly Host[];
  /** Every section in the order of reading: those of the main server, then host by host. */
  readonly sections: readonly TableSection[];
  readonly cluster: ClusterSettings;
  /** Lines of the main server that are one value for the whole process (Timeout, KeepAlive, User, …), in order. */
  readonly settings: readonly TableDirective[];
  /** Active directives that `serve` does not honour; `decides` marks those on which it fails closed. */
  readonly unenforced: readonly UnenforcedDirective[];
}

/** Index into `files`, and a line from 1. */
export interface TableLine {
  readonly file: number;
  readonly line: number;
}

/** Where something stands. */
export interface Place extends TableLine {
  /** Of text out of a macro: the Use lines that brought it, from the inside out. Absent for all other text. */
  readonly uses?: readonly TableLine[];
}

export interface ListenAddress {
  /** IPv4 or IPv6 text, or `*`. */
  readonly address: string;
  readonly port: number;
  readonly place: Place | null;
  /** From 2.2 on: what the line says behind the port, and https for 443 without a word; absent otherwise. */
  readonly protocol?: "https" | "other";
}

export interface HostAddress {
  /** IP text, `*`, or `_default_`. */
  readonly address: string;
  /** As written, without the port: httpd compares it with the Host field too. */
  readonly text: string;
  /** 0 is any port. */
  readonly port: number;
  readonly place: Place;
}

export interface Host {
  /**
   * ServerName (2.x: without port). Without one: the main server's for a host on `*` or `_default_`, as httpd has it, else the
   * first address; for a main server an empty string.
   */
  readonly name: string;
  /** The line that gives the name; null when none does. */
  readonly namePlace: Place | null;
  readonly port: number | null;
  readonly aliases: readonly { readonly pattern: string; readonly place: Place }[];
  /** ServerPath, or null. */
  readonly path: string | null;
  /** Empty for the main server. */
  readonly addresses: readonly HostAddress[];
  readonly place: Place | null;
  /** Directives at the host's own level (DocumentRoot, Alias, Backhand defaults, …), in order. */
  readonly directives: readonly TableDirective[];
}

export type SectionKind =
  | "Directory"
  | "DirectoryMatch"
  | "Files"
  | "FilesMatch"
  | "Location"
  | "LocationMatch"
  /** For requests that ProxyPass sends on, by their URL there. */
  | "Proxy"
  | "ProxyMatch"
  /** Conditions of 2.4, merged behind all others; at server level and in other sections. */
  | "If"
  | "ElseIf"
  | "Else";

export interface TableSection {
  /** Index into `hosts` of the host in which the section stands. */
  readonly host: number;
  /** `Directory ~` is DirectoryMatch; the same for Files and Location. */
  readonly kind: SectionKind;
  /** Path, shell pattern, regular expression or (If) expression, quotes resolved, otherwise as written; empty for Else. */
  readonly argument: string;
  readonly place: Place;
  readonly directives: readonly TableDirective[];
  /** Files inside Directory and the like, and conditions; empty otherwise. */
  readonly sections: readonly TableSection[];
}

/** A directive with its words; `name` in the manual's spelling. */
export interface TableDirective {
  readonly name: string;
  readonly args: readonly string[];
  readonly place: Place;
  /** Methods that a Limit around it names; absent outside. */
  readonly limit?: MethodLimit;
  /** What RequireAll, RequireAny and RequireNone hold; absent on everything else. */
  readonly children?: readonly TableDirective[];
}

export interface MethodLimit {
  readonly except: boolean;
  /** Upper case. GET stands for HEAD too. */
  readonly methods: readonly string[];
}

export interface UnenforcedDirective extends TableDirective {
  /** True for access, authentication, rewriting, client certificates and limits: `serve` refuses to start. */
  readonly decides: boolean;
}

/** What mod_backhand's server directives say. */
export interface ClusterSettings {
  readonly announce: readonly AnnounceTarget[];
  /** Networks as address/prefix, from AcceptStats. Empty: nothing is accepted. */
  readonly accept: readonly string[];
  readonly unixSocketDir: string | null;
  readonly selfRedirect: boolean;
  readonly connectionPools: boolean;
  readonly moderatorPidFile: string | null;
  /** From BackhandLocal; requests for this server go there instead of to the file system. */
  readonly local: string | null;
  /** Milliseconds between announcements. */
  readonly intervalMs: number;
  /** File with the shared secret, or null. */
  readonly secretFile: string | null;
  /** From BackhandStatsBus: URLs, or `http`; besides the datagrams of `announce`. They may hold passwords. */
  readonly buses: readonly string[];
}

/** One MulticastStats or BroadcastStats line. */
export interface AnnounceTarget {
  readonly address: string;
  readonly port: number;
  /** Null when the line has none. */
  readonly ttl: number | null;
  /** Address and port under which peers shall contact this server; null: the sender's address and the listening port. */
  readonly contact: { readonly address: string; readonly port: number | null } | null;
  readonly place: Place;
}
