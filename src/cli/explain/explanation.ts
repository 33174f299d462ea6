import type { AccessDecision } from "../../access/decide.ts";
import type { Place, RoutingTable } from "../../compile/table.ts";
import type { Match, Refusal } from "../../routing/match.ts";
import type { Router } from "../../routing/router.ts";
import { isRefusal } from "../../routing/router.ts";
import { settle } from "../../routing/settle.ts";
import { filePlace, type FilePlace } from "./file-place.ts";
import type { WhyNot } from "./why.ts";
import { whyNot } from "./why.ts";
import type { ExplainRequest } from "./request.ts";

/** What `explain` says of one request: the JSON that scripts read. Names are never changed, only added to. */
export interface Explanation {
  readonly request: {
    readonly to: string;
    readonly host: string | null;
    readonly path: string;
    readonly method: string;
    /** The client whose access is meant. */
    readonly from: string;
  };
  /** Null: the main server, or none for a malformed request. */
  readonly virtualHost: ({ readonly name: string } & FilePlace) | null;
  readonly reason: string;
  /** Null for a request that is refused before it is decoded, like the file name. */
  readonly uri: string | null;
  readonly filename: string | null;
  readonly sections: readonly ({ readonly kind: string; readonly argument?: string } & FilePlace)[];
  readonly access: AccessDecision;
  readonly backhand: readonly ({ readonly function: string; readonly argument: string | null } & FilePlace)[];
  readonly handler: string | null;
  /** The answer that routing alone gives: a redirect, 400, 404, …; null when a server or the file system answers. */
  readonly status: number | null;
  readonly location: string | null;
  /** Lines that may change the answer and are not decided here, such as rewriting rules. */
  readonly dependsOn: readonly ({ readonly directive: string } & FilePlace)[];
  /** With --why: what does not count, and the reason. */
  readonly why?: WhyNot;
}

/** An explanation with what the text for people shows besides. */
export interface Explained {
  readonly explanation: Explanation;
  /** What answers in the end: an index file where httpd hands over to one. */
  readonly answer: Match | Refusal;
}

/** Routes a request and says what came of it. */
export function explain(request: ExplainRequest, table: RoutingTable, router: Router, why = false): Explained {
  const first = router.route(request.route);
  const at = (place: Place): FilePlace => filePlace(place, router);
  const host = first.host === null || first.host === 0 ? undefined : table.hosts[first.host];
  const { to, host: name, path, method, from } = request;
  const common = {
    request: { to, host: name, path, method, from },
    virtualHost: host === undefined || host.place === null ? null : { name: host.name, ...at(host.place) },
    reason: first.reason,
    ...(why ? { why: whyNot(request, first, table, router) } : {}),
  };
  if (isRefusal(first)) {
    const access = first.status < 400 ? "granted" : "denied";
    const { status, location } = first;
    const nothing = { uri: null, filename: null, sections: [], backhand: [], handler: null, dependsOn: [] };
    const explanation: Explanation = { ...common, ...nothing, access, status, location };
    return { explanation, answer: first };
  }
  const { match: answer, access, refusal } = settle(first, from, method, request.route.localAddress);
  const redirect = access === "granted" ? (refusal ?? answer.redirect) : null;
  const explanation: Explanation = {
    ...common,
    uri: first.uri,
    filename: answer.filename,
    sections: answer.sections.map(({ kind, argument, place }) =>
      kind === "htaccess" ? { kind, ...at(place) } : { kind, argument, ...at(place) },
    ),
    access,
    backhand: answer.pipeline.map((step) => ({ function: step.function, argument: step.argument, ...at(step.place) })),
    handler: answer.handler,
    status: redirect?.status ?? null,
    location: redirect?.location ?? null,
    dependsOn: answer.dependsOn.map(({ name: line, args, place }) => ({
      directive: [line, ...args].join(" "),
      ...at(place),
    })),
  };
  return { explanation, answer };
}
