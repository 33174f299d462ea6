import { chmodSync } from "node:fs";

import type { ActiveConfig } from "../../src/config/active-config.ts";
import type { Migration } from "../../src/migrate/verdict.ts";
import type { ForeignServer } from "../../src/migrate/verify/foreign-server.ts";
import { freePorts, runToEnd } from "../../src/migrate/verify/real-server.ts";
import { SandboxNetwork } from "../../src/migrate/verify/sandbox-network.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** What is wrong with the report of a configuration: a line that has no verdict, or two in one form; null: nothing. */
export function lineFault({ lines }: Migration, { readings }: ActiveConfig): string | null {
  const forms = new Map<string, (typeof lines)[number][]>();
  for (const line of lines) {
    const key = `${line.path} ${line.output ?? ""}`;
    const form = forms.get(key) ?? [];
    form.push(line);
    forms.set(key, form);
  }
  const texts = new Map(readings.map(({ source }) => [source.path, source.text]));
  for (const path of texts.keys()) if (!lines.some((line) => line.path === path)) return `${path} has no line`;
  for (const [key, form] of forms) {
    let next = 1;
    for (const { line, endLine } of form) {
      if (line !== next) return `${key}: line ${next} is ${line}`;
      next = endLine + 1;
    }
    const text = texts.get(form[0]?.path ?? "");
    const said = form.map((line) => `${line.text}\n`).join("");
    if (text !== undefined && said !== text) return `${key}: another text`;
  }
  return null;
}

/** What a server says of a configuration that it does not take; null: it takes it. */
export async function checkForeign(server: ForeignServer, text: string): Promise<string | null> {
  const folder = temporaryFolder();
  try {
    chmodSync(folder.path, 0o755);
    const file = folder.write("conf", server.sandbox(text, folder.path, new SandboxNetwork(await freePorts(20))));
    const isNginx = server.program.endsWith("nginx");
    const args = isNginx ? ["-t", "-q", "-p", folder.path, "-c", file] : ["-c", "-q", "-f", file];
    const { code, text: said } = await runToEnd(server.program, args);
    return code === 0 ? null : said;
  } finally {
    folder.remove();
  }
}
