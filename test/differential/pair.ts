import type { TemporaryFolder } from "../support/temporary-folder.ts";
import { freePorts, preamble, startApache } from "./apache.ts";
import { startOurs } from "./ours-serving.ts";

const modules = "/usr/lib/apache2/modules";

/** The same configuration in Debian's apache2 and in ours, each on a port of its own. */
export interface Pair {
  readonly apache: number;
  readonly ours: number;
  stop(): Promise<void>;
}

/** Starts both; `more` are modules besides the usual ones. Throws what apache2 says when it does not start. */
export async function startPair(folder: TemporaryFolder, text: string, more: readonly string[] = []): Promise<Pair> {
  const [apachePort = 0, ourPort = 0] = await freePorts(2);
  const whole = (port: number): string =>
    `${preamble(folder)}${more.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so\n`).join("")}` +
    `Listen 127.0.0.1:${port}\nServerName front.example\n${text.replaceAll("FOLDER", folder.path)}`;
  const apache = await startApache(folder.write("httpd.conf", whole(apachePort)), apachePort);
  if ("refused" in apache) throw new Error(`apache2 does not start: ${apache.refused}`);
  try {
    const ours = await startOurs(`${folder.path}/ours.conf`, whole(ourPort).replace(/^(PidFile|ErrorLog).*\n/gm, ""));
    return {
      apache: apachePort,
      ours: ourPort,
      async stop() {
        await ours.close();
        await apache.stop();
      },
    };
  } catch (error) {
    await apache.stop();
    throw error;
  }
}
