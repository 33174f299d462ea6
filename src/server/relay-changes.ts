import type { ServerResponse } from "node:http";
import type { Dialect } from "../compile/table.ts";
import type { ProxyError, ProxyOptions, RequestChange, Upstream } from "../proxy/engine.ts";
import type { Match } from "../routing/match.ts";
import { toBytes } from "../routing/bytes.ts";
import { reverseCookie, reverseLocation } from "../routing/proxy-reverse.ts";
import type { AnswerHeaders } from "./answer-headers.ts";
import { createRelaySettings } from "./relay-settings.ts";
import type { RelaySettings } from "./relay-settings.ts";
import type { RequestRecord } from "./request-record.ts";

export interface RelayChangesOptions {
  readonly dialect: Dialect;
  readonly headers: AnswerHeaders;
  /** A path of this server as a URL for the client. */
  readonly absolute: (path: string, record: RequestRecord) => string;
  /** What this server calls itself in Via fields. */
  readonly nameForVia: (record: RequestRecord) => string;
  /** For Via, like `Backhand/1.0`. */
  readonly product: string;
  readonly sendError: (
    record: RequestRecord,
    response: ServerResponse,
    status: number,
    error: ProxyError | null,
  ) => void;
}

/** The options for relaying a request with what the lines in effect change in it and in its answer. */
export type RelayChanges = (record: RequestRecord, match: Match, options: ProxyOptions) => ProxyOptions;

/** Fields that hold a URL of the server. */
const locationFields: ReadonlySet<string> = new Set(["location", "content-location", "uri", "destination"]);

export function createRelayChanges(options: RelayChangesOptions): RelayChanges {
  const { dialect, headers, absolute, nameForVia, product, sendError } = options;
  const settingsOf = createRelaySettings(dialect);

  function viaOf(record: RequestRecord, { via }: RelaySettings, version: string): string {
    const comment = via === "full" ? ` (${product})` : "";
    return `${version} ${nameForVia(record)}${comment}`;
  }

  /** In the place of the client's Via fields, one list; or none. */
  function withVia(fields: readonly string[], value: string | null): readonly string[] {
    const kept: string[] = [];
    const names: string[] = [];
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const name = fields[at] ?? "";
      if (name.toLowerCase() === "via") names.push(fields[at + 1] ?? "");
      else kept.push(name, fields[at + 1] ?? "");
    }
    return value === null ? kept : [...kept, "Via", [...names, value].join(", ")];
  }

  // What needs closures stands in functions of its own: a function that makes any pays for it with each call.

  function editVia(edit: ReturnType<AnswerHeaders["request"]>, value: string | null): RequestChange["fields"] {
    return (fields) => withVia(edit === null ? fields : edit(fields), value);
  }

  function requestFields(record: RequestRecord, settings: RelaySettings): RequestChange["fields"] {
    const edit = headers.request(record);
    if (settings.via === "off") return edit ?? undefined;
    const version = record.request.httpVersion;
    return editVia(edit, settings.via === "block" ? null : viaOf(record, settings, version));
  }

  function changeOf(record: RequestRecord, { proxy }: Match, settings: RelaySettings): RequestChange | undefined {
    const fields = requestFields(record, settings);
    if (proxy?.kind !== "server") return fields === undefined ? undefined : { fields };
    const { target, origin } = proxy;
    const host = settings.preservesHost ? {} : { host: origin.hostField };
    return { target, ...host, ...(fields === undefined ? {} : { fields }) };
  }

  /** ProxyPassReverse and its kin, in one pass. */
  function reversed(record: RequestRecord, match: Match, settings: RelaySettings, fields: readonly string[]) {
    const { reverses } = match;
    const changed: string[] = [];
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const name = fields[at] ?? "";
      const lower = name.toLowerCase();
      let value = fields[at + 1] ?? "";
      if (locationFields.has(lower)) {
        const mapped = reverseLocation(reverses, value);
        if (mapped !== null) value = toBytes(absolute(mapped, record));
      } else if (lower === "set-cookie") {
        value = reverseCookie(settings.cookies, value);
      }
      changed.push(name, value);
    }
    return changed;
  }

  function answerFields(record: RequestRecord, match: Match, settings: RelaySettings): ProxyOptions["answerFields"] {
    const edit = headers.relayed(record);
    const { cookies, via } = settings;
    const reverses = match.proxy !== null && match.reverses.length + cookies.domains.length + cookies.paths.length > 0;
    if (edit === null && !reverses && via !== "on" && via !== "full") return undefined;
    return editAnswer(record, reverses ? match : null, settings, edit);
  }

  /** `reversedBy`: whose ProxyPassReverse lines count; null: none do. */
  function editAnswer(
    record: RequestRecord,
    reversedBy: Match | null,
    settings: RelaySettings,
    edit: ReturnType<AnswerHeaders["relayed"]>,
  ): ProxyOptions["answerFields"] {
    return (_status, given) => {
      let fields = given;
      if (reversedBy !== null) fields = reversed(record, reversedBy, settings, fields);
      if (settings.via === "on" || settings.via === "full") fields = [...fields, "Via", viaOf(record, settings, "1.1")];
      return edit === null ? fields : edit(fields);
    };
  }

  return (record, match, given) => {
    const settings = settingsOf(match.effective);
    const { proxy } = match;
    return new ChangedRelay(given, record, sendError, {
      limits: proxy?.kind === "server" ? settings.limitsOf(proxy.directive) : settings.limits,
      change: changeOf(record, match, settings),
      answerFields: answerFields(record, match, settings),
      replaces: settings.overridesError ?? undefined,
    });
  };
}

/** One class and no copies: they would have no shape in common, and cost more than the choice of a server. */
class ChangedRelay implements ProxyOptions {
  readonly isChecked: boolean | undefined;
  readonly limits: ProxyOptions["limits"];
  readonly change: ProxyOptions["change"];
  readonly answerFields: ProxyOptions["answerFields"];
  readonly replaces: ProxyOptions["replaces"];
  readonly #given: ProxyOptions;
  readonly #record: RequestRecord;
  readonly #sendError: RelayChangesOptions["sendError"];

  constructor(
    given: ProxyOptions,
    record: RequestRecord,
    sendError: RelayChangesOptions["sendError"],
    { limits, change, answerFields, replaces }: Pick<ProxyOptions, "limits" | "change" | "answerFields" | "replaces">,
  ) {
    this.isChecked = given.isChecked;
    this.limits = limits;
    this.change = change;
    this.answerFields = answerFields;
    this.replaces = replaces;
    this.#given = given;
    this.#record = record;
    this.#sendError = sendError;
  }

  choose(tried: readonly Upstream[]): Upstream | null {
    return this.#given.choose(tried);
  }

  waitForRoom(enter: (hasRoom: boolean) => void): (() => void) | null {
    return this.#given.waitForRoom?.(enter) ?? null;
  }

  onInflight(upstream: Upstream, started: boolean): void {
    this.#given.onInflight(upstream, started);
  }

  onFailure(upstream: Upstream, error: ProxyError): void {
    this.#given.onFailure?.(upstream, error);
  }

  onHead(upstream: Upstream, status: number, headers: readonly string[]): void {
    this.#given.onHead?.(upstream, status, headers);
  }

  sendError(response: ServerResponse, status: number, error: ProxyError | null): void {
    this.#sendError(this.#record, response, status, error);
  }
}
