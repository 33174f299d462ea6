import { existsSync } from "node:fs";

import { describeIf } from "../support/shared.ts";
import { foreignServers, startScene, type SceneAnswer } from "./foreign-scene.ts";
import { hasApache } from "./support.ts";

const files = {
  "a/x.html": "a",
  "a/b/x.html": "ab",
  "a/.git/config": "git",
  "a/.svn": "svn",
  "a/x.bak": "bak",
  "a/X.BAK": "BAK",
  "a/y.inc.html": "inc",
  "adm1n/x.html": "admin",
  "ADM1N/x.html": "ADMIN",
  "data2/x.html": "data2",
  "data2/private/x.html": "private",
  "pub/data/x.html": "pub data",
  "pub/wp-config.php.save": "save",
  "up/one.JPG": "jpg",
};
const paths = [...Object.keys(files).map((name) => `/${name}`), "/a//x.bak", "/a/%78.bak", "/a/b", "/adm1n", "/a/.git"];

const closed = "Require all denied";
const sections: readonly (readonly [open: string, close: string])[] = [
  ["<LocationMatch ^/adm[0-9]n(/|$)>", "</LocationMatch>"],
  ['<LocationMatch "(?i)^/adm1n">', "</LocationMatch>"],
  ['<LocationMatch "/(a|pub)/.*\\.(bak|save)$">', "</LocationMatch>"],
  ['<LocationMatch "^/(?!a/)">', "</LocationMatch>"],
  ['<LocationMatch "^/a/(?<rest>b/.*)">', "</LocationMatch>"],
  ["<Location ~ ^/data\\d+/private>", "</Location>"],
  ["<Location /d*2/*>", "</Location>"],
  ['<FilesMatch "\\.(bak|inc\\.html)$">', "</FilesMatch>"],
  ['<FilesMatch "(?i)\\.bak$">', "</FilesMatch>"],
  ['<FilesMatch "^(?!x\\.)">', "</FilesMatch>"],
  ['<FilesMatch "^x\\.html$|^\\.svn$">', "</FilesMatch>"],
  ['<FilesMatch "^wp-config|~$|\\.sav[e]$">', "</FilesMatch>"],
  ['<FilesMatch "^(?<name>x)\\.">', "</FilesMatch>"],
  ["<Files *.b?k>", "</Files>"],
  ['<DirectoryMatch "/\\.(git|svn)(/|$)">', "</DirectoryMatch>"],
  ['<DirectoryMatch "^/srv/none/data\\d/private">', "</DirectoryMatch>"],
  ['<DirectoryMatch "^/srv/none/(a|pub)/">', "</DirectoryMatch>"],
  ['<DirectoryMatch "^/srv/none/pub/data/">', "</DirectoryMatch>"],
  ['<DirectoryMatch "(?i)/DATA2">', "</DirectoryMatch>"],
  ['<DirectoryMatch "^/srv/none/(?<part>[a-z]+)/b">', "</DirectoryMatch>"],
  ["<Directory /srv/none/*/private>", "</Directory>"],
  ["<Directory ~ /(adm1n|up)>", "</Directory>"],
];

describe.each(["nginx", "haproxy"] as const)("%s", (name) => {
  const isThere = hasApache && existsSync(foreignServers[name].program);
  const told = ({ status }: SceneAnswer): number | string => (status === 403 ? 403 : "let in");

  describeIf(isThere, `apache2 or ${name} is not there`)("keeps closed what sections for expressions close", () => {
    test.each(sections)("%s", async (open, close) => {
      const scene = await startScene(name, { lines: `${open}\n${closed}\n${close}`, files });
      try {
        const said = scene.judged.filter(({ verdict }) => verdict.kind === "dropped" && verdict.decides);
        expect(said.map(({ text }) => text)).toEqual([]);
        const [before, after]: [[string, unknown][], [string, unknown][]] = [[], []];
        for (const path of paths) {
          const answers = await scene.ask({ path });
          // HAProxy takes no path that has two readings.
          if (answers.after.status === 400) continue;
          before.push([path, told(answers.before)]);
          after.push([path, told(answers.after)]);
        }
        expect(after).toEqual(before);
        expect(before).not.toEqual(before.map(([path]) => [path, "let in"]));
      } finally {
        await scene.stop();
      }
    });
  });
});
