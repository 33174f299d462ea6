import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { lineText } from "../../grammar/logical-line.ts";
import { parse } from "../../grammar/parse.ts";
import { argsWords, nextWord } from "../../grammar/words.ts";
import { describeIf } from "../support/shared.ts";

const binary = "/usr/sbin/apache2";
const modules = "/usr/lib/apache2/modules";

const preamble = (folder: string): string =>
  `ServerRoot ${folder}\nPidFile ${folder}/pid\nErrorLog ${folder}/log\nServerName main\nListen 127.0.0.1:1\n` +
  ["mpm_event", "authz_core", "info"].map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so\n`).join("");

/** Runs httpd on a text without serving anything; gives what it prints. */
function httpd(text: string, ...args: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "backhand-grammar-"));
  try {
    writeFileSync(join(folder, "httpd.conf"), preamble(folder) + text, "latin1");
    const run = spawnSync(binary, ["-f", join(folder, "httpd.conf"), ...args], { encoding: "latin1", timeout: 20_000 });
    if (run.status !== 0) throw new Error(run.stderr);
    return run.stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const piece = fc.constantFrom(
  ...["a", "b", " ", "  ", "\t", "\r", "\f", '"', "'", "\\", "\\\\", '\\"', "\\'", "#", ">", "<", "é"],
  ...["\\\n", "\\\r\n", "\\\\\n", "\\\\\\\n", "\\\\\n\n", "\\\\\\\n\n\n", "\\\r\\\n\n"],
);
// What stands behind a NUL must not hold a line feed, for it could start a line that httpd refuses.
const args = fc
  .tuple(fc.array(piece, { maxLength: 12 }), fc.constantFrom("", "", "", "\0", "\0 x\\"))
  .map(([parts, end]) => parts.join("") + end);

// The sample's seed is fixed: the same lines in each run, and one run of httpd for all.
const sample = fc.sample(args, { numRuns: 1500, seed: 20 });

describeIf(existsSync(binary) && existsSync(join(modules, "mod_info.so")), `${binary} with mod_info is not there`)(
  "read as the real httpd 2.4 does",
  () => {
    test("lines and names", () => {
      const text = sample.map((one) => `ServerAlias x${one}\n`).join("");
      const body = `<VirtualHost 127.0.0.1:1>\n${text}\n\nServerAlias end\n</VirtualHost>\n`;
      const dumped = httpd(body, "-t", "-DDUMP_CONFIG")
        .split("\n")
        .filter((line) => line.startsWith("  ServerAlias"))
        .map((line) => line.trimStart());
      const tree = parse(body, "2.4");
      const ours = tree.lines.flatMap((line) => {
        if (line.kind !== "directive") return [];
        const logical = lineText(tree, line);
        return [`${line.name} ${logical.text.slice(nextWord(logical, 0, "2.4")?.next)}`];
      });
      expect(ours.length).toBeGreaterThan(500);
      expect(ours).toEqual(dumped);
    });

    test("words", () => {
      const hosts = sample.filter((one) => !one.includes("\0")).slice(0, 300);
      const text = hosts.map(
        (one, number) => `<VirtualHost 127.0.0.1:1>\nServerName h${number}\nServerAlias x${one}\n \n</VirtualHost>\n`,
      );
      const tree = parse(text.join(""), "2.4");
      const ours = tree.lines.flatMap((line) =>
        line.kind === "directive" ? argsWords(tree, line).map((word) => word.value) : [],
      );
      const dumped = httpd(text.join(""), "-S").matchAll(/(?:namevhost|alias) ([^\n]*?)(?: \([^()]*:\d+\))?\n/g);
      expect([...dumped].map((match) => match[1])).toEqual(ours);
    });
  },
);
