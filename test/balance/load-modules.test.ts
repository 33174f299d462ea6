import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { choose } from "../../src/balance/choose.ts";
import type { ImportModule, ModuleFunction } from "../../src/balance/load-modules.ts";
import { loadModules } from "../../src/balance/load-modules.ts";
import { createPipeline } from "../../src/balance/pipeline.ts";
import { candidate, context } from "../support/candidate.ts";

const root = join(import.meta.dirname, "..", "..");
const place = { file: 0, line: 1 };
const servers = ["a", "b", "c"].map((id) => candidate(id));

function step(from: string | null, name: string, argument: string | null = null) {
  return { function: name, argument, from, place };
}

/** Ids that the function of a module leaves, and the lines in the log. */
async function after(byOwn: ModuleFunction, argument: string | null = null, times = [0]) {
  const steps = [step("own.mjs", "byOwn", argument)];
  const { find, errors } = await loadModules(steps, "/srv", () => Promise.resolve({ byOwn }));
  expect(errors).toEqual([]);
  const pipeline = createPipeline(steps, find);
  if ("errors" in pipeline) throw new Error(pipeline.errors[0]?.message);
  const lines: string[] = [];
  const run = (nowMs: number) => choose(pipeline, servers, context({ nowMs, warn: (line) => lines.push(line) }));
  const ids = times.map((nowMs) =>
    run(nowMs)
      .order.map((each) => each.id)
      .join(" "),
  );
  return { ids, lines };
}

describe("functions of modules", () => {
  test("get the servers, the context and the argument", async () => {
    const found = await after((list, { self }, argument) => [self, ...list.slice(Number(argument))], "2");
    expect(found).toEqual({ ids: ["self c"], lines: [] });
  });

  test.each<[string, ModuleFunction]>([
    [
      "throws",
      () => {
        throw new Error("out of luck");
      },
    ],
    ["gives nothing", () => undefined as never],
    ["gives something else than servers", () => [1, null] as never],
    ["gives servers that nobody knows", () => [candidate("stranger")]],
    ["gives a server twice", ([first]) => (first ? [first, first] : [])],
    ["gives a promise", () => Promise.resolve([]) as never],
  ])("change nothing when one %s, and the log says so once a minute", async (_title, byOwn) => {
    const { ids, lines } = await after(byOwn, null, [0, 59_999, 60_000]);
    expect(ids).toEqual(["a b c", "a b c", "a b c"]);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^byOwn of own\.mjs (failed: out of luck|gave something else)/);
  });

  test("may change the list that they get, which is theirs", async () => {
    const found = await after((list) => (list as (typeof servers)[number][]).reverse());
    expect(found).toEqual({ ids: ["c b a"], lines: [] });
    expect(servers.map((server) => server.id)).toEqual(["a", "b", "c"]);
  });

  test("are loaded once for each file, below the server root", async () => {
    const paths: string[] = [];
    const importModule: ImportModule = (path) => {
      paths.push(path);
      return Promise.resolve({ one: () => [], two: () => [] });
    };
    const steps = [
      step("own.mjs", "one"),
      step("own.mjs", "two"),
      step("/abs/x.js", "one"),
      step(null, "byAge"),
      step("x.so", "f"),
    ];
    const { errors } = await loadModules(steps, "/srv", importModule);
    expect(paths).toEqual(["/srv/own.mjs", "/abs/x.js"]);
    expect(errors).toEqual([]);
  });

  test("are an error when the file or the function is missing", async () => {
    const importModule: ImportModule = (path) =>
      path.endsWith("gone.mjs") ? Promise.reject(new Error("no such file")) : Promise.resolve({ other: 1 });
    const steps = [step("gone.mjs", "byOwn"), step("own.mjs", "byOwn"), step("own.mjs", "other")];
    const { find, errors } = await loadModules(steps, "/srv", importModule);
    expect(errors.map((error) => error.message)).toEqual([
      `Cannot load "gone.mjs": no such file`,
      `Expected a function "byOwn" among the exports of "own.mjs"`,
      `Expected a function "other" among the exports of "own.mjs"`,
    ]);
    expect(find("own.mjs", "byOwn")).toBeNull();
  });

  test("come from real files", async () => {
    // In a process of its own, because jest has an import of its own.
    const directory = mkdtempSync(join(tmpdir(), "module-"));
    writeFileSync(join(directory, "own.mjs"), "export const byLast = (servers) => servers.slice(-1);\n");
    writeFileSync(
      join(directory, "main.ts"),
      `import { loadModules } from "${join(root, "src/balance/load-modules.ts")}";
      const steps = [{ function: "byLast", argument: null, from: "own.mjs", place: { file: 0, line: 1 } }];
      const { find, errors } = await loadModules(steps, ${JSON.stringify(directory)});
      const run = find("own.mjs", "byLast").create(null);
      console.log(errors.length, run([{ id: "a" }, { id: "b" }], { self: { id: "s" } })[0].id);`,
    );
    const bundle = join(directory, "main.mjs");
    const options = ["--bundle", "--platform=node", "--format=esm", `--outfile=${bundle}`, "--log-level=error"];
    await promisify(execFile)(join(root, "node_modules/.bin/esbuild"), [join(directory, "main.ts"), ...options]);
    const { stdout } = await promisify(execFile)(process.execPath, [bundle], { env: {} });
    rmSync(directory, { recursive: true });
    expect(stdout).toBe("0 b\n");
  });
});
