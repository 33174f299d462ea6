import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommandLine } from "../src/cli/program.ts";
import type { Terminal } from "../src/cli/terminal.ts";

/**
 * A folder under fixtures/ is a case: `httpd.conf` (and what it includes), and the expected outputs of the commands, byte for
 * byte. UPDATE_FIXTURES=1 writes them anew; read the difference before you keep it.
 */
const root = join(import.meta.dirname, "..", "fixtures");

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function backhand(folder: string, ...argv: readonly string[]): Promise<Run> {
  let stdout = "";
  let stderr = "";
  const terminal: Terminal = {
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
    color: false,
    columns: 100,
    cwd: folder,
    env: {},
    stdin: () => Promise.resolve(new Uint8Array()),
    stopped: () => new Promise(() => {}),
  };
  const code = await runCommandLine(argv, terminal);
  return { code, stdout, stderr };
}

/** Extra options of a case, such as `--apache 1.3`, from the file `options` when it is there. */
function optionsOf(folder: string): readonly string[] {
  const file = join(folder, "options");
  return existsSync(file) ? readFileSync(file, "utf8").split(/\s+/).filter(Boolean) : [];
}

interface Output {
  readonly file: string;
  /** The file that has the command's further arguments; the case is about something else when it is missing. */
  readonly needs?: string;
  /** Whether the exit code follows the output; machine formats stay what they are. */
  readonly exit?: boolean;
  argv(): readonly string[];
}

const outputs: readonly Output[] = [
  { file: "expected.lint.txt", exit: true, argv: () => ["lint", "httpd.conf"] },
  { file: "expected.lint.json", argv: () => ["lint", "--format", "json", "httpd.conf"] },
  { file: "expected.fix.diff", argv: () => ["lint", "--diff", "httpd.conf"] },
  { file: "expected.table.json", argv: () => ["compile", "httpd.conf"] },
  {
    file: "expected.explain.jsonl",
    needs: "requests.jsonl",
    argv: () => ["explain", "httpd.conf", "--requests", "requests.jsonl", "--format", "jsonl"],
  },
  { file: "expected.explain.txt", exit: true, needs: "url", argv: () => ["explain", "httpd.conf"] },
];

for (const name of readdirSync(root)) {
  const folder = join(root, name);
  describe(`fixture ${name}`, () => {
    for (const output of outputs) {
      const expected = join(folder, output.file);
      if (!existsSync(expected)) continue;
      test(output.file, async () => {
        const words = output.needs === "url" ? readFileSync(join(folder, "url"), "utf8").trim().split(/\s+/) : [];
        const run = await backhand(folder, ...output.argv(), ...words, ...optionsOf(folder));
        const text = output.exit ? `${run.stdout}exit ${run.code}\n` : run.stdout;
        if (process.env["UPDATE_FIXTURES"]) writeFileSync(expected, text);
        expect(text).toBe(readFileSync(expected, "utf8"));
      });
    }
    test("has at least one expected output", () => {
      expect(outputs.some((output) => existsSync(join(folder, output.file)))).toBe(true);
    });
  });
}
