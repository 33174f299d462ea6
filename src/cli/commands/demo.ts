import { checkScripted } from "../demo/scripted-check.ts";
import { startDemo } from "../demo/demo-cluster.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";

/** `backhand demo`: a cluster on this machine until it is stopped; with `once`, a scripted check and 0 or 1. */
export async function run(options: { readonly once?: boolean }, terminal: Terminal): Promise<ExitCode> {
  const cluster = await startDemo(terminal);
  try {
    const members = [...cluster.ports].map(([name, port]) => `${name} at 127.0.0.1:${port}`).join(", ");
    terminal.stdout(
      `The balancer of ${cluster.configuration}
  ${cluster.url}/            its own page
  ${cluster.url}/app/        balanced: reload and see who answers
  ${cluster.url}/backhand/   the cluster (?format=json for machines)
Backends: ${members}; all announce themselves at ${cluster.group}
`,
    );
    if (options.once === true) return (await checkScripted(cluster, terminal)) ? exitCodes.fine : exitCodes.findings;
    terminal.stdout("Ctrl-C stops it.\n");
    await terminal.stopped();
    return exitCodes.fine;
  } finally {
    await cluster.stop();
  }
}
