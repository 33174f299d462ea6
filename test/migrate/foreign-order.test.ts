import { existsSync } from "node:fs";

import { describeIf } from "../support/shared.ts";
import { foreignServers, startScene, type SceneAnswer } from "./foreign-scene.ts";
import { hasApache } from "./support.ts";

/** Lines that send requests somewhere, on paths that overlap. */
const lines = [
  "Redirect /a http://r.example/redirect",
  "Redirect 301 /a/b http://r.example/deeper",
  "Redirect gone /a/b/c",
  "RedirectMatch ^/a/(.*)$ http://r.example/match/$1",
  "ProxyPass /a http://BACK/proxied",
  "ProxyPass /a/b http://BACK/below",
  "ProxyPass /a/b !",
  "ProxyPassMatch ^/a/(b.*)$ http://BACK/matched/$1",
  "<Location /a/b/c>\nProxyPass !\n</Location>",
  "RewriteEngine On\nRewriteRule ^/a/b http://r.example/rule [R,L]",
  "RewriteEngine On\nRewriteRule ^/a/b - [F]",
  "RewriteEngine On\nRewriteRule ^/a$ http://r.example/top [R=301,L]",
  "<Location /a>\nRedirect /a http://r.example/section\n</Location>",
];
const paths = ["/a", "/a/", "/a/x", "/a/b", "/a/b/c", "/a/b/c/d", "/ab"];
const CHUNK = 11;

/** Where a request went: the status, where it was sent, or what the server behind was asked for. */
function went({ status, fields, body }: SceneAnswer): string {
  const asked = /^\["([^"]*)"/.exec(body)?.[1];
  return [status, fields["location"] ?? "", status === 200 ? (asked ?? "file") : ""].join(" ").trim();
}

const pairs = lines.flatMap((one) => lines.flatMap((other) => (one === other ? [] : [[one, other] as const])));

describe.each(["nginx", "haproxy"] as const)("%s", (name) => {
  const isThere = hasApache && existsSync(foreignServers[name].program);
  describeIf(isThere, `apache2 or ${name} is not there`)("has the order of httpd", () => {
    test.each(Array.from({ length: Math.ceil(pairs.length / CHUNK) }, (_, index) => index))(
      "for lines that send the same requests elsewhere, pairs %s",
      async (index) => {
        const chosen = pairs.slice(index * CHUNK, (index + 1) * CHUNK);
        const hosts = chosen.map(
          (pair, at) =>
            `<VirtualHost *:80>\nServerName h${at}.example\nDocumentRoot /srv/none\n${pair.join("\n")}\n</VirtualHost>`,
        );
        const scene = await startScene(name, {
          lines: `<VirtualHost *:80>\nServerName none.example\n</VirtualHost>\n${hosts.join("\n")}`,
        });
        try {
          const lost = new Map(
            scene.judged.flatMap(({ line, text, verdict }) =>
              verdict.kind === "dropped" && verdict.decides ? [[line, text] as const] : [],
            ),
          );
          const starts = scene.judged.flatMap(({ line, text }) => (text.startsWith("<VirtualHost") ? [line] : []));
          const [before, after]: [string[], string[]] = [[], []];
          for (const [at, pair] of chosen.entries()) {
            const [from = 0, to = Infinity] = starts.slice(at + 1);
            if ([...lost.keys()].some((line) => line > from && line < to)) continue;
            for (const path of paths) {
              const answers = await scene.ask({ path, headers: { Host: `h${at}.example` } });
              const said = (answer: SceneAnswer): string => `${pair.join(" + ")}: ${path} → ${went(answer)}`;
              before.push(said(answers.before));
              after.push(said(answers.after));
            }
          }
          expect(before).not.toHaveLength(0);
          expect(after).toEqual(before);
        } finally {
          await scene.stop();
        }
      },
    );
  });
});
