import type { RoutingTable, TableSection } from "../compile/table.ts";
import type { AccessFileReader } from "./access-files.ts";
import { isRefusal } from "./is-refusal.ts";
import type { Match, Refusal, RouteRequest } from "./match.ts";
import { createRouter } from "./router.ts";
import type { Router, RouterOptions } from "./router.ts";
import { variableNames } from "./variables.ts";

/** Routes to remember; clients can invent any number of paths, so at the limit all are forgotten. */
const mostRoutes = 4096;

/** Longer names of a host and a path are not kept: with the number above, eight megabytes at most. */
const longestKey = 1024;

/** What a plain target holds none of: a fragment, and what 2.4 refuses. */
const unusual = /[\x00-\x20\x7f#]/;

/**
 * A router that remembers where balanced requests go, for a server: the same few paths are asked for again and again, and
 * routing one takes longer than choosing a server for it. A route is only remembered where nothing but address, host and path
 * can have decided it: not where variables or conditions look at the client, nor where a .htaccess file was read; and for no
 * longer than what the file system said. The query is no part of it, as a balanced match only hands it on.
 */
export function createRememberingRouter(table: RoutingTable, options: RouterOptions): Router {
  const { facts = null, accessFiles = null } = options;
  let filesRead = 0;
  const counted: AccessFileReader | null =
    accessFiles === null
      ? null
      : {
          read(path, allowed, fileIndex) {
            filesRead += 1;
            return accessFiles.read(path, allowed, fileIndex);
          },
        };
  const router = createRouter(table, { ...options, accessFiles: counted });
  const epochOf = facts === null ? () => 0 : facts.epoch;
  if (epochOf === undefined || asksClient(table)) return router;
  const routes = new RouteMemory();
  let epoch = epochOf();

  function routeAnew(request: RouteRequest, host: string, path: string): Match | Refusal {
    const before = filesRead;
    const found = router.route(request);
    const isKept =
      !isRefusal(found) && found.pipeline.length > 0 && found.index.length === 0 && found.redirect === null;
    if (!isKept || filesRead !== before) return found;
    routes.keep(request, host, path, found);
    return found;
  }

  function route(request: RouteRequest): Match | Refusal {
    const { target, host, client, localAddress, method } = request;
    const isPlain = client !== undefined && host !== null && host !== "" && target.startsWith("/");
    if (!isPlain || host.length + target.length > longestKey || unusual.test(target)) return router.route(request);
    const question = target.indexOf("?");
    const path = question < 0 ? target : target.slice(0, question);
    const now = epochOf?.() ?? 0;
    if (now !== epoch) {
      epoch = now;
      routes.clear();
    }
    const known = routes.find(request, host, path);
    if (known === undefined || known.asked === null) return routeAnew(request, host, path);
    const query = question < 0 ? null : target.slice(question + 1);
    const { uri, variables } = known.asked;
    const requestLine = `${method} ${target} ${client.protocol}`;
    return { ...known, query, asked: { client, method, requestLine, localAddress, uri, query, variables } };
  }

  return { ...router, route };
}

/** Whether a table has lines that look at more of a request than its address, host and path. */
function asksClient({ hosts, sections, settings }: RoutingTable): boolean {
  const sets = ({ name }: { readonly name: string }): boolean => variableNames.has(name.toLowerCase());
  const asks = ({ kind, directives, sections: inner }: TableSection): boolean =>
    kind === "If" || kind === "ElseIf" || kind === "Else" || directives.some(sets) || inner.some(asks);
  return hosts.some(({ directives }) => directives.some(sets)) || settings.some(sets) || sections.some(asks);
}

type Where = Pick<RouteRequest, "localAddress" | "localPort">;
type Paths = Map<string, Match>;

/** Maps in maps: one key of all four parts would be put together, and hashed, for each request. */
class RouteMemory {
  readonly #routes = new Map<string, Map<number, Map<string, Paths>>>();
  #size = 0;

  clear(): void {
    this.#routes.clear();
    this.#size = 0;
  }

  find({ localAddress, localPort }: Where, host: string, path: string): Match | undefined {
    return this.#routes.get(localAddress)?.get(localPort)?.get(host)?.get(path);
  }

  keep({ localAddress, localPort }: Where, host: string, path: string, match: Match): void {
    if (this.#size >= mostRoutes) this.clear();
    this.#size += 1;
    const ports = inner(this.#routes, localAddress);
    const hosts = inner(ports, localPort);
    inner(hosts, host).set(path, match);
  }
}

function inner<Key, Of, Held>(map: Map<Key, Map<Of, Held>>, key: Key): Map<Of, Held> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = new Map<Of, Held>();
  map.set(key, made);
  return made;
}
