import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readWithAllDefines } from "../../src/migrate/read-all.ts";
import { targets } from "../../src/migrate/targets/index.ts";
import { migrateShapes } from "../bench/migrate-shapes.ts";
import { countBlocks } from "../support/count-blocks.ts";
import { migrateConfig } from "./support.ts";

const takeCount = countBlocks();

/** The blocks that a migration of so many lines makes run, reading apart. */
function stepsOf(files: (typeof migrateShapes)[number]["files"], lines: number, target: string): number {
  const texts = Object.fromEntries([...files(lines, "/srv")].map(([path, text]) => [`/srv/${path}`, text]));
  const config = readWithAllDefines({ path: "/srv/httpd.conf", fileSystem: memoryFileSystem(texts), dialect: "2.2" });
  takeCount();
  migrateConfig(config, target);
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
