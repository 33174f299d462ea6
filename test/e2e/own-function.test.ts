import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { startBackend, stopAll } from "../proxy/support.ts";
import { ask, folderWith } from "../server/support.ts";
import { startServe } from "../support/serve-process.ts";

afterEach(stopAll);

const root = join(import.meta.dirname, "..", "..");
const sample = join(root, "demo/modules/by-network.mjs");

test("the sample of a function of one's own runs as it is", async () => {
  const near = await startBackend("near");
  const far = await startBackend("far");
  const { port, control, announce } = await startServe(`<Location /app>
Backhand removeSelf
Backhand byRandom
BackhandFromSO ${sample} byNetwork 127.0.0.2
</Location>
<Location /bare>
Backhand removeSelf
BackhandFromSO ${sample} byNetwork
</Location>
ErrorLog error.log
`);
  await announce("near", near.port, "127.0.0.2");
  await announce("far", far.port);
  const request = { address: "127.0.0.1", port, host: "front", method: "GET" };
  for (let turn = 0; turn < 10; turn += 1) {
    expect((await control("/trace", { ...request, path: "/app/" })).body).toMatchObject({ trace: { chosen: "near" } });
  }
  // The others are its reserve: nobody listens at the near address.
  expect((await ask(port, "/app/")).body).toContain("far");
  expect((await ask(port, "/bare/")).status).toBe(200);
});

test("its types are the package's, for a stranger's compiler", async () => {
  const folder = folderWith({
    "package.json": '{"type":"module"}',
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        checkJs: true,
        allowJs: true,
        target: "es2023",
        module: "nodenext",
        types: ["node"],
        skipLibCheck: true,
      },
      files: ["by-network.mjs", "own.ts", "wrong.ts"],
    }),
    "by-network.mjs": readFileSync(sample, "utf8"),
    "own.ts": `import type { Candidate, CandidacyContext, ModuleFunction } from "backhand";
export const byMemory: ModuleFunction = (servers: readonly Candidate[], context: CandidacyContext, argument) =>
  servers.filter(({ availableMemoryBytes }) => availableMemoryBytes >= Number(argument ?? context.self.load));
`,
    "wrong.ts": `import type { ModuleFunction } from "backhand";
export const byNobody: ModuleFunction = (servers) => servers.map(({ colour }) => colour);
`,
  });
  mkdirSync(join(folder, "node_modules", "@types"), { recursive: true });
  symlinkSync(root, join(folder, "node_modules/backhand"));
  symlinkSync(join(root, "node_modules/@types/node"), join(folder, "node_modules/@types/node"));
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = await promisify(execFile)(process.execPath, [compiler, "-p", folder], { cwd: folder }).catch(
    (error: unknown) => error as { stdout: string },
  );
  const errors = stdout.split("\n").filter((line) => line.includes("error TS"));
  expect(errors).toEqual([expect.stringMatching(/^wrong\.ts\(2,69\): error TS2339: Property 'colour' does not exist/)]);
});
