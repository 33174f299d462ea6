import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { accessFileReader } from "../../src/compile/access-file-reader.ts";
import { compile } from "../../src/compile/compile.ts";
import type { Dialect, RoutingTable } from "../../src/compile/table.ts";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import type { Match, Refusal } from "../../src/routing/match.ts";
import { nodeFileFacts } from "../../src/routing/node-file-facts.ts";
import { createRouter, isRefusal, type Router } from "../../src/routing/router.ts";
import { settle } from "../../src/routing/settle.ts";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";

interface Served {
  readonly status: number;
  readonly vhost?: string;
  readonly sections?: readonly string[];
}

interface Oracle {
  readonly cases: readonly {
    readonly name: string;
    readonly config: string;
    readonly requests: readonly {
      readonly to: string;
      readonly path: string;
      readonly host: string | null;
      readonly httpd13: Served;
      readonly httpd24: Served;
    }[];
  }[];
}

interface Recording {
  readonly cases: readonly {
    readonly config: string;
    readonly requests: readonly {
      readonly to: string;
      readonly from: string;
      readonly path: string;
      readonly host: string | null;
      readonly method: string;
      readonly status: number;
      readonly virtualHost: string | null;
      readonly sections: readonly string[];
      readonly location: string | null;
    }[];
  }[];
}

function data(name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, "..", "data", name), "utf8")) as unknown;
}

function routerOf(text: string, dialect: Dialect): { readonly router: Router; readonly table: RoutingTable } {
  const config = readConfiguration({ path: "httpd.conf", text, fileSystem: nodeFileSystem, dialect });
  const { table } = compile(config);
  const accessFiles = accessFileReader(config, nodeFileSystem, { allowUnenforced: true });
  return { router: createRouter(table, { facts: nodeFileFacts, accessFiles }), table };
}

/** The name behind the first `Header append X` (or V) at or behind a line: each section and host has one of its own. */
function labelAt(text: string, header: "X" | "V", line: number): string {
  const lines = text.split("\n").slice(line - 1);
  const found = lines.find((each) => new RegExp(`^Header (?:always )?append ${header} `).test(each));
  return found?.split(" ").at(-1) ?? "";
}

function answer(
  router: Router,
  request: { to: string; host: string | null; path: string; method?: string },
): Match | Refusal {
  const [localAddress = "", port = ""] = request.to.split(":");
  const { host, path, method = "GET" } = request;
  return router.route({ localAddress, localPort: Number(port), host, target: path, method });
}

function sectionLabels(match: Match, router: Router, text: string): readonly string[] {
  return match.sections.map(({ kind, place }) =>
    kind === "htaccess" || !router.pathOf(place).endsWith("httpd.conf")
      ? labelAt(readFileSync(router.pathOf(place), "utf8"), "X", place.line)
      : labelAt(text, "X", place.line),
  );
}

let folder: TemporaryFolder;

beforeAll(() => {
  folder = temporaryFolder();
  for (const name of ["", "d1/", "d1/d2/", "foo/", "foobar/", "b/", "a b/", "ht/", "ht/sub/"]) {
    for (const file of ["index.html", "x.txt", "x.html"]) folder.write(`htdocs/${name}${file}`, "");
  }
  folder.write(
    "htdocs/ht/.htaccess",
    "Header append X htaccess-ht\n<Files x.txt>\nHeader append X htaccess-ht-files\n</Files>\n",
  );
  folder.write("htdocs/ht/sub/.htaccess", "Header append X htaccess-sub\n");
  for (const name of ["", "a/", "a/b/", "a/b/c/", "x.d/", "ab/"]) {
    for (const file of ["f.txt", "g.html", "h.php"]) folder.write(`www/${name}${file}`, "");
    if (name !== "a/b/") folder.write(`www/${name}index.html`, "");
  }
});

afterAll(() => {
  folder.remove();
});

const oracle = data("httpd-oracle-routing.json") as Oracle;

describe.each([
  { dialect: "1.3", key: "httpd13" },
  { dialect: "2.4", key: "httpd24" },
] as const)(
  "every request that httpd $dialect was asked goes to the same virtual host and sections",
  ({ dialect, key }) => {
    test.each(oracle.cases)("$name", ({ config, requests }) => {
      // `/srv/*/d1` must stay a pattern that would match if `*` crossed slashes.
      const text = config
        .replaceAll("/srv/www/htdocs", `${folder.path}/htdocs`)
        .replaceAll("/srv/www/", `${folder.path}/`)
        .replace("<Directory /srv/*/d1>", `<Directory ${dirname(folder.path)}/*/d1>`);
      const { router, table } = routerOf(text, dialect);
      expect(requests.length).toBeGreaterThan(5);
      for (const request of requests) {
        const wanted = request[key];
        const got = answer(router, request);
        if (isRefusal(got)) {
          expect({ request, status: got.status }).toEqual({ request, status: wanted.status });
          continue;
        }
        expect([200, 301, 404]).toContain(wanted.status);
        expect({ request, missing: got.fileKind === "missing" }).toEqual({ request, missing: wanted.status === 404 });
        if (wanted.status !== 200) continue;
        const { match } = settle(got, "127.0.0.1", "GET", "127.0.0.1");
        const place = table.hosts[match.host]?.place;
        const vhost = place === null || place === undefined ? undefined : labelAt(text, "V", place.line);
        expect({ request, vhost }).toEqual({ request, vhost: wanted.vhost });
        if (wanted.sections !== undefined) {
          expect({ request, sections: sectionLabels(match, router, text) }).toEqual({
            request,
            sections: wanted.sections,
          });
        }
      }
    });
  },
);

describe("random configurations route and decide access as httpd 2.4.71 did", () => {
  const recording = data("apache24-routing-recorded.json") as Recording;
  test.each(recording.cases.map((each, index) => ({ ...each, index })))(
    "configuration $index",
    ({ config, requests }) => {
      const text = config.replaceAll("@ROOT@", `${folder.path}/www`);
      const { router, table } = routerOf(text, "2.4");
      for (const request of requests) {
        const { to, host, path, method, from, status, location } = request;
        const got = answer(router, request);
        const asked = { to, host, path, method, from };
        if (isRefusal(got)) {
          expect({ asked, status: got.status }).toEqual({ asked, status });
          if (got.location !== null) expect({ asked, location: got.location }).toEqual({ asked, location });
          continue;
        }
        const { match, access } = settle(got, from, method, to.split(":")[0] ?? "");
        const place = table.hosts[match.host]?.place;
        expect({
          asked,
          virtualHost: place === null || place === undefined ? null : labelAt(text, "V", place.line),
          sections: sectionLabels(match, router, text),
          forbidden: access === "denied",
        }).toEqual({ asked, virtualHost: request.virtualHost, sections: request.sections, forbidden: status === 403 });
      }
    },
  );
});
