import { existsSync } from "node:fs";

import { describeIf } from "../support/shared.ts";
import { foreignServers, startScene, type SceneAnswer, type SceneRequest } from "./foreign-scene.ts";
import { hasApache } from "./support.ts";

// The server behind tells what it was asked, and httpd compresses no answer of a few bytes.
const headers = { "Accept-Encoding": "gzip", "X-Long": "x".repeat(2000) };
const typed = (type: string): SceneRequest => ({ path: `/app/x?content-type=${encodeURIComponent(type)}`, headers });

// HAProxy names the field that it looked at where it compresses, and only there.
const encoding = ({ fields }: SceneAnswer): unknown => {
  const found = fields["content-encoding"];
  return found === undefined ? "as it is" : [found, fields["vary"]];
};
const status = (answer: SceneAnswer): unknown => answer.status;

const cases = [
  {
    title: "DEFLATE by media types",
    lines: `AddOutputFilterByType DEFLATE text/html text/css
AddOutputFilterByType DEFLATE application/json
DeflateCompressionLevel 3
ProxyPass /app http://BACK/app`,
    requests: [
      typed("text/html"),
      typed("text/css"),
      typed("application/json"),
      typed("image/png"),
      { path: "/app/x?content-type=text/css", headers: { "X-Long": headers["X-Long"] } },
    ],
    told: encoding,
  },
  {
    title: "DEFLATE for all of a folder, and not of another one",
    lines: `<Location /app>
SetOutputFilter DEFLATE
</Location>
ProxyPass /app http://BACK/app
ProxyPass /other http://BACK/app`,
    requests: [typed("text/css"), typed("image/png"), { path: "/other/x?content-type=text/css", headers }],
    told: encoding,
  },
  {
    title: "LimitRequestLine",
    lines: "LimitRequestLine 2000\nLimitRequestFieldSize 2000\nProxyPass / http://BACK/",
    requests: [100, 1800, 2100].map((length) => ({ path: `/${"x".repeat(length)}` })),
    told: status,
    lost: { nginx: [], haproxy: ["LimitRequestFieldSize 2000"] },
  },
];

describe.each(["nginx", "haproxy"] as const)("%s", (name) => {
  const isThere = hasApache && existsSync(foreignServers[name].program);
  describeIf(isThere, `apache2 or ${name} is not there`)("keeps limits and compresses as the old file says", () => {
    test.each(cases)("$title", async ({ lines, requests, told, lost }) => {
      const scene = await startScene(name, { lines, modules: ["deflate", "filter"] });
      try {
        const said = scene.judged.filter(({ verdict }) => verdict.kind === "dropped" && verdict.decides);
        expect(said.map(({ text }) => text)).toEqual(lost?.[name] ?? []);
        const [before, after]: [unknown[], unknown[]] = [[], []];
        for (const request of requests) {
          const answers = await scene.ask(request);
          before.push([request.path.slice(0, 60), told(answers.before)]);
          after.push([request.path.slice(0, 60), told(answers.after)]);
        }
        expect(after).toEqual(before);
      } finally {
        await scene.stop();
      }
    });

    test("LimitRequestBody holds for a place and all below that says nothing else", async () => {
      // httpd 2.4.71 forgets of it where it sends on, other than the ones before it.
      const scene = await startScene(name, {
        lines: `ProxyPass / http://BACK/
<Location /small>
LimitRequestBody 10
</Location>
<Location /small/large>
LimitRequestBody 100
</Location>
<Location /small/any>
LimitRequestBody 0
</Location>`,
      });
      try {
        const statuses = async (path: string): Promise<readonly unknown[]> => {
          const found: unknown[] = [];
          for (const length of [5, 50, 500])
            found.push(status((await scene.ask({ path, method: "POST", length })).after));
          return found;
        };
        expect(await statuses("/small/x")).toEqual([200, 413, 413]);
        expect(await statuses("/small/large/x")).toEqual([200, 200, 413]);
        expect(await statuses("/small/any/x")).toEqual([200, 200, 200]);
        expect(await statuses("/x")).toEqual([200, 200, 200]);
      } finally {
        await scene.stop();
      }
    });
  });
});
