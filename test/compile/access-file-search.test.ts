import { searchAccessFiles } from "../../src/compile/access-file-search.ts";
import { compile } from "../../src/compile/compile.ts";
import type { FileSystem } from "../../src/config/file-system.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";

function search(text: string, files: readonly string[], counted?: (path: string) => void): string[] {
  const plain = memoryFileSystem(Object.fromEntries(files.map((path) => [path, ""])));
  const fileSystem: FileSystem = {
    ...plain,
    kindOf: (path) => {
      counted?.(path);
      return plain.kindOf(path);
    },
  };
  const config = readConfiguration({ path: "/httpd.conf", text, fileSystem, dialect: "2.2" });
  return searchAccessFiles(compile(config).table, fileSystem).files.map(({ path }) => path);
}

const hosts = (folders: readonly string[], more = ""): string =>
  folders.map((folder) => `<VirtualHost *>\nDocumentRoot ${folder}\n${more}</VirtualHost>\n`).join("");

test("the files above roots, in them and below them are found, each once", () => {
  const files = ["/.htaccess", "/srv/.htaccess", "/srv/a/.htaccess", "/srv/a/b/.htaccess", "/srv/c/index.html"];
  expect(search(hosts(["/srv/a", "/srv/c"]), files).sort()).toEqual(files.slice(0, 4).sort());
});

test("a host with other names has its own files above it", () => {
  const files = ["/srv/.htaccess", "/srv/.acl", "/srv/a/x", "/srv/b/x"];
  const found = search(hosts(["/srv/a"]) + hosts(["/srv/b"], "AccessFileName .acl\n"), files);
  expect(found.sort()).toEqual(["/srv/.acl", "/srv/.htaccess"]);
});

test("folders above many roots are looked into once", () => {
  const folders = Array.from({ length: 50 }, (_, number) => `/srv/www/${number}`);
  const asked = new Map<string, number>();
  search(
    hosts(folders),
    folders.map((folder) => `${folder}/x`),
    (path) => asked.set(path, (asked.get(path) ?? 0) + 1),
  );
  expect(asked.get("/srv/www/.htaccess")).toBe(1);
  expect(Math.max(...asked.values())).toBeLessThan(5);
});

// httpd 2.4: "AH00554: Access to file … denied by server: not a regular file", and 403.
test("where the first name that is there is a folder, no other file is read", () => {
  const files = ["/srv/.dir/x", "/srv/.htaccess", "/srv/a/.dir/x", "/srv/a/.htaccess"];
  expect(search(hosts(["/srv/a"], "AccessFileName .dir .htaccess\n"), files)).toEqual([]);
});
