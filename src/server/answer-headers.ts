import type { ServerResponse } from "node:http";
import type { Dialect } from "../compile/table.ts";
import type { EffectiveDirective } from "../routing/match.ts";
import { editHead } from "./edit-head.ts";
import type { HeaderRules } from "./header-rules.ts";
import { applyHeaderRules, readHeaderRules } from "./header-rules.ts";
import type { HeaderFacts } from "./header-value.ts";
import type { RequestRecord } from "./request-record.ts";
import { variableOf } from "./request-variables.ts";

export interface AnswerHeadersOptions {
  readonly dialect: Dialect;
  /** For requests that were refused before any section counts. */
  readonly effectiveOf: (host: number) => readonly EffectiveDirective[];
  readonly busyPercent: () => number;
}

/** Does what Header and RequestHeader lines say. */
export interface AnswerHeaders {
  /**
   * Has the fields of an answer of this server's own edited when its head is written: `isError` is true for what httpd answers
   * without running a handler. `effective`: in the place of the request's.
   */
  readonly own: (
    record: RequestRecord,
    response: ServerResponse,
    isError: boolean,
    effective?: readonly EffectiveDirective[],
  ) => void;
  /** Edits the fields of another server's answer, flat; null: nothing is to be done. */
  readonly relayed: (record: RequestRecord) => ((fields: readonly string[]) => readonly string[]) | null;
  /** Edits the fields of a request, flat; null: nothing is to be done. */
  readonly request: (record: RequestRecord) => ((fields: readonly string[]) => readonly string[]) | null;
}

export function createAnswerHeaders(options: AnswerHeadersOptions): AnswerHeaders {
  const { dialect, effectiveOf, busyPercent } = options;
  const known = new WeakMap<readonly EffectiveDirective[], HeaderRules | null>();

  function rulesOf(effective: readonly EffectiveDirective[]): HeaderRules | null {
    let rules = known.get(effective);
    if (rules === undefined) {
      rules = readHeaderRules(effective, dialect);
      known.set(effective, rules);
    }
    return rules;
  }

  function ruled(record: RequestRecord): HeaderRules | null {
    return rulesOf(record.match?.effective ?? effectiveOf(record.host));
  }

  function factsOf(record: RequestRecord): HeaderFacts {
    return {
      asked: record.match?.asked ?? null,
      variable: (name) => variableOf(record, name),
      startMs: record.startMs,
      elapsedMs: performance.now() - record.startPreciseMs,
      busyPercent: busyPercent(),
    };
  }

  /** `always` has fields of its own, which go before the others: what a server or a handler has set it cannot see. */
  function answer(record: RequestRecord, rules: HeaderRules, fields: readonly string[], isError: boolean) {
    const facts = factsOf(record);
    const sent = record.request.rawHeaders;
    const always = applyHeaderRules(rules.always, [], facts, sent, dialect);
    const others = isError ? fields : applyHeaderRules(rules.onSuccess, fields, facts, sent, dialect);
    return always.length === 0 ? others : [...always, ...others];
  }

  return {
    own(record, response, isError, effective) {
      const rules = effective === undefined ? ruled(record) : rulesOf(effective);
      if (rules === null || (rules.always.length === 0 && (isError || rules.onSuccess.length === 0))) return;
      editHead(response, (_status, fields) => answer(record, rules, fields, isError));
    },
    relayed(record) {
      const rules = ruled(record);
      if (rules === null || rules.always.length + rules.onSuccess.length === 0) return null;
      return (fields) => answer(record, rules, fields, false);
    },
    request(record) {
      const rules = ruled(record)?.request ?? [];
      if (rules.length === 0) return null;
      return (fields) => applyHeaderRules(rules, fields, factsOf(record), record.request.rawHeaders, dialect);
    },
  };
}
