import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { refusals } from "./oracle.ts";

/** Where Debian's apache2 has its modules. */
export const modulesFolder = "/usr/lib/apache2/modules";

/** Whether an apache2 2.4 with some modules is installed. */
export function hasApache(modules: readonly string[]): boolean {
  const version = spawnSync("apache2", ["-v"], { encoding: "utf8" }).stdout;
  return /Apache\/2\.4/.test(version) && modules.every((name) => existsSync(join(modulesFolder, `mod_${name}.so`)));
}

/** Exit code and messages of `apache2 -t`. */
function ask(path: string): Promise<{ readonly accepted: boolean; readonly message: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn("apache2", ["-t", "-f", path], { stdio: ["ignore", "ignore", "pipe"], timeout: 20_000 });
    let text = "";
    child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ accepted: code === 0, message: text.replace(/^\[.*$/gm, "").trim() });
    });
  });
}

/** The verdicts of the installed server and of ours on one file. */
export interface Judgement {
  readonly accepted: boolean;
  /** Line that the server names, less `offset`; null when it names none or one of a macro. */
  readonly line: number | null;
  /** What both said, when they differ: in the verdict, or in that the server's line is none of ours. */
  readonly difference: string | null;
}

/** Asks both about a file whose first `offset` lines are not what is judged. */
export async function judge(path: string, offset: number): Promise<Judgement> {
  const { accepted, message } = await ask(path);
  const config = readConfiguration({ path, fileSystem: nodeFileSystem, dialect: "2.4", environment: process.env });
  const found = refusals(config, nodeFileSystem);
  const ours = found.map((refusal) => `${(refusal.via.at(-1) ?? refusal.line) - offset}: ${refusal.message}`);
  const theirs = accepted ? "accepted" : message;
  const named = accepted || / of macro /.test(message) ? undefined : /line (\d+) of "?[^ "]*t\.conf/.exec(message)?.[1];
  const line = named === undefined ? null : Number(named) - offset;
  const said = `Ours: ${ours.slice(0, 10).join("; ") || "accepted"}\nTheirs, less ${offset}: ${theirs}`;
  const sameLine = line === null || found.some(({ via, line: own }) => (via.at(-1) ?? own) === line + offset);
  const difference = accepted !== (found.length === 0) ? said : sameLine ? null : `Other lines. ${said}`;
  return { accepted, line, difference };
}
