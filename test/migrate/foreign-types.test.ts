import { existsSync } from "node:fs";

import { describeIf } from "../support/shared.ts";
import { foreignServers, startScene } from "./foreign-scene.ts";
import { hasApache } from "./support.ts";

const files = ["a.html", "a.txt", "a.css", "a.fooq", "a.barq.fooq", "a.ico", "a.jis", "b.html.utf8", "b.UTF8", "c.png"];
const paths = ["", "sub/", "forced/"].flatMap((folder) => files.map((file) => `/${folder}${file}`));

const cases = [
  { title: "without a line", lines: "" },
  {
    title: "AddType, ForceType and AddDefaultCharset, in folders too",
    lines: `AddDefaultCharset utf-8
AddType application/x-fooq .fooq .other
AddType "text/x-ico; charset=koi8-r" ico
AddType text/css .css
<Directory /srv/none/sub>
AddType text/x-sub fooq
AddDefaultCharset Off
</Directory>
<Directory /srv/none/forced>
ForceType application/x-forced
</Directory>`,
  },
  {
    title: "types of the server taken back in a folder",
    lines: `ForceType application/x-all
<Directory /srv/none/sub>
ForceType None
AddType application/x-fooq .fooq
</Directory>
<Directory /srv/none/forced>
ForceType application/x-forced
</Directory>`,
  },
  {
    title: "AddCharset by the names of files",
    lines: `AddType text/plain .fooq .jis .utf8
AddDefaultCharset iso-8859-2
AddCharset UTF-8 .utf8
AddCharset ISO-2022-JP .jis
AddCharset koi8-r .barq
<Directory /srv/none/sub>
AddCharset windows-1251 .utf8
AddDefaultCharset Off
</Directory>
<Files "*.css">
AddDefaultCharset On
ForceType text/plain
</Files>`,
  },
];

describeIf(hasApache && existsSync(foreignServers.nginx.program), "apache2 or nginx is not there")(
  "nginx sends the types and charsets of mod_mime",
  () => {
    test.each(cases)("$title", async ({ lines }) => {
      const written = Object.fromEntries(paths.map((path) => [path.slice(1), "text"]));
      const scene = await startScene("nginx", { lines, files: written });
      try {
        const said = scene.judged.filter(({ verdict }) => verdict.kind === "dropped");
        expect(said.map(({ text }) => text)).toEqual([]);
        const kinds = new Set<string>();
        for (const path of paths) {
          // nginx looks at the last end of a name alone.
          if (path.endsWith(".html.utf8") && !lines.includes(".utf8")) continue;
          const { before, after } = await scene.ask({ path });
          const type = before.fields["content-type"];
          kinds.add(type ?? "");
          // What httpd has no type for it sends without one.
          const expected = type ?? "application/octet-stream";
          const same = (text: string): string =>
            text.replace("vnd.microsoft.icon", "x-icon").toLowerCase().replaceAll(" ", "");
          expect([path, same(after.fields["content-type"] ?? "")]).toEqual([path, same(expected)]);
        }
        expect(kinds.size).toBeGreaterThan(3);
      } finally {
        await scene.stop();
      }
    });
  },
);
