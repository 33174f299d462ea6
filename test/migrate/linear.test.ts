import { searchAccessFiles } from "../../src/compile/access-file-search.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { overridesAt } from "../../src/migrate/apache24/overrides.ts";
import { compilationOf } from "../../src/migrate/compiled.ts";
import { readWithAllDefines } from "../../src/migrate/read-all.ts";
import { targets } from "../../src/migrate/targets/index.ts";
import { migrateShapes } from "../bench/migrate-shapes.ts";
import { countBlocks } from "../support/count-blocks.ts";
import { migrateConfig } from "./support.ts";

const takeCount = countBlocks();

/** The blocks that a migration of so many lines makes run, reading apart. */
function stepsOf(files: (typeof migrateShapes)[number]["files"], lines: number, target: string): number {
  const texts = Object.fromEntries([...files(lines, "/srv")].map(([path, text]) => [`/srv/${path}`, text]));
  const fileSystem = memoryFileSystem(texts);
  const config = readWithAllDefines({ path: "/srv/httpd.conf", fileSystem, dialect: "2.2" });
  takeCount();
  const { files: found, seen } = searchAccessFiles(compilationOf(config).table, fileSystem);
  const own = found.map(({ path, folder }) => ({ path, folder, text: texts[path] ?? "" }));
  migrateConfig(config, target, { accessFiles: { files: own, seen } });
  return takeCount();
}

const FEW = 400;
/** Ten times the lines may take ten times the steps, and some more for what is sorted or looked up in a tree. */
const MOST = 16;

describe.each(migrateShapes.map(({ name, files }) => ({ name, files })))("$name", ({ files }) => {
  test.each([...targets.keys()])("ten times the lines cost ten times the steps for %s", (target) => {
    expect(stepsOf(files, FEW * 10, target) / stepsOf(files, FEW, target)).toBeLessThan(MOST);
  });
});

test("what the file of a folder may say is found as fast among ten times the sections", () => {
  const stepsAmong = (sections: number): number => {
    const names = Array.from({ length: sections }, (_, number) => `/srv/${number}`);
    const text = names.map((name) => `<Directory ${name}>\nAllowOverride All\n</Directory>\n`).join("");
    const fileSystem = memoryFileSystem({ "/srv/httpd.conf": text });
    const config = readWithAllDefines({ path: "/srv/httpd.conf", fileSystem, dialect: "2.2" });
    overridesAt(config, "/srv/0");
    takeCount();
    for (const name of names.slice(0, 100)) overridesAt(config, name);
    return takeCount();
  };
  expect(stepsAmong(2000) / stepsAmong(200)).toBeLessThan(1.5);
});
