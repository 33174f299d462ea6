import { existsSync } from "node:fs";

import { describeIf } from "../support/shared.ts";
import { foreignServers, startScene, type SceneAnswer } from "./foreign-scene.ts";
import { hasApache } from "./support.ts";

const cases: readonly { readonly title: string; readonly lines: string; readonly nginxOnly?: true }[] = [
  {
    title: "by type, with a default, and off in a part",
    lines: `ProxyPass /app http://BACK/app
ExpiresActive On
ExpiresDefault "access plus 1 month 2 days"
ExpiresByType text/html A600
ExpiresByType text/css "now plus 1 week"
ExpiresByType image/* "access"
Header append Cache-Control public
<Location /app/off>
ExpiresActive Off
</Location>
<Location /app/other>
ExpiresByType text/html "access 5 minutes"
</Location>
<Directory /srv/none/sub>
ExpiresActive Off
</Directory>`,
  },
  {
    title: "without a default",
    lines: `ProxyPass /app http://BACK/app
<Location /app>
ExpiresActive On
ExpiresByType text/html A60
</Location>`,
  },
  {
    title: "from the last change",
    nginxOnly: true,
    lines: `ExpiresActive On
ExpiresDefault M7200
ExpiresByType text/css "modification plus 1 day"`,
  },
];

const paths = [
  ...["/", "/a.css", "/b.gif", "/c.bin", "/sub/a.css", "/none", "/sub"],
  ...["/app/x", "/app/x?content-type=text/html;charset=utf-8", "/app/x?content-type=image/png", "/app/off/x"],
  "/app/x?content-type=TEXT/CSS&cache-control=private",
  "/app/x?expires=Mon,%2001%20Jan%202024%2000:00:00%20GMT",
  ...["/app/x?status=404", "/app/x?status=304", "/app/x?status=301&location=/", "/app/other/x?content-type=text/html"],
];

/** How long an answer may be kept, as both fields say it. */
function told({ status, fields }: SceneAnswer): unknown {
  const { expires } = fields;
  const seconds = expires === undefined ? null : (Date.parse(expires) - Date.now()) / 1000;
  return {
    status,
    control: fields["cache-control"]?.replace(/\d+/, (age) => String(Math.round(Number(age) / 20))),
    expires: seconds === null ? null : Math.round(seconds / 20),
  };
}

describe.each(["nginx", "haproxy"] as const)("%s", (name) => {
  const isThere = hasApache && existsSync(foreignServers[name].program);
  describeIf(isThere, `apache2 or ${name} is not there`)(
    "says how long an answer may be kept as mod_expires does",
    () => {
      test.each(cases.filter(({ nginxOnly }) => name === "nginx" || nginxOnly === undefined))(
        "$title",
        async ({ lines }) => {
          const files = { "a.css": "a", "b.gif": "b", "c.bin": "c", "sub/a.css": "a" };
          const scene = await startScene(name, { lines, files, modules: ["expires"] });
          try {
            const said = scene.judged.filter(({ verdict }) => verdict.kind === "dropped" && verdict.decides);
            expect(said.map(({ text }) => text)).toEqual([]);
            let kept = 0;
            for (const path of paths) {
              // httpd counts a redirect to a folder from the folder's own last change.
              if (lines.includes("M7200") && path === "/sub") continue;
              if (name === "haproxy" && !path.startsWith("/app")) continue;
              const { before, after } = await scene.ask({ path });
              if (before.fields["expires"] !== undefined) kept += 1;
              expect([path, told(after)]).toEqual([path, told(before)]);
            }
            expect(kept).toBeGreaterThan(0);
          } finally {
            await scene.stop();
          }
        },
      );
    },
  );
});
