import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommandLine } from "../../src/cli/program.ts";
import { recordedTerminal } from "../support/recorded-terminal.ts";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";

const guide = readFileSync(join(import.meta.dirname, "..", "..", "docs", "guide", "linting.md"), "utf8");

/** The texts between fences of one language. */
function blocks(language: string): readonly string[] {
  return [...guide.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, "g"))].map(([, text = ""]) => text);
}

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function backhand(folder: TemporaryFolder, words: readonly string[]): Promise<Outcome> {
  const { terminal, out, err } = recordedTerminal(folder.path);
  const code = await runCommandLine(words, terminal);
  return { code, stdout: out(), stderr: err() };
}

describe("the guide to linting", () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => {
    folder.remove();
  });

  test("shows what the commands print, one after the other", async () => {
    const [configuration = ""] = blocks("apache");
    folder.write("httpd.conf", configuration);
    const steps = blocks("console").flatMap((block) => block.split(/^(?=\$ backhand )/m));
    const shown = steps.filter((step) => step.startsWith("$ backhand "));
    expect(shown.length).toBeGreaterThan(3);
    for (const step of shown) {
      const [command = "", ...lines] = step.split("\n");
      const words = command.replace("$ backhand ", "").split(" ");
      const { stdout, stderr } = await backhand(folder, words);
      // Beside a diff the report goes to standard error, and is not shown.
      expect(`${command}\n${words.includes("--diff") ? stdout : stderr + stdout}`).toBe([command, ...lines].join("\n"));
    }

    const log = blocks("console").find((block) => block.startsWith("Run npx backhand ")) ?? "";
    const [command = "", ...lines] = log.split("\n");
    appendFileSync(join(folder.path, "httpd.conf"), "TraceEnable extended\n");
    const { code, stdout } = await backhand(folder, command.replace("Run npx backhand ", "").split(" "));
    expect(`${stdout}Error: Process completed with exit code ${code}.\n`).toBe(lines.join("\n"));
  });
});
