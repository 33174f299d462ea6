import { isAbsolute, join } from "node:path";
import type { AgentWords } from "../../agent/agent-settings.ts";
import { agentSettings } from "../../agent/agent-settings.ts";
import { runAgent } from "../../agent/run-agent.ts";
import type { RoutingTable } from "../../compile/table.ts";
import { printable } from "../../report/printable.ts";
import { exitCodes } from "../exit-codes.ts";
import type { ExitCode } from "../exit-codes.ts";
import { UsageError } from "../terminal.ts";
import type { GlobalOptions, Terminal } from "../terminal.ts";

/**
 * `backhand agent`: announces this host until it is asked to stop. SIGUSR1 drains it and SIGUSR2 takes it back. Returns 1 when
 * it cannot start; throws a UsageError for wrong options and a configuration that cannot be read.
 */
export async function run(
  file: string | undefined,
  options: AgentWords,
  global: GlobalOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  let isDrained: boolean | null = null;
  let listener: ((on: boolean) => void) | null = null;
  const drain = (on: boolean) => () => {
    isDrained = on;
    listener?.(on);
  };
  // First of all: without a listener the one starts Node's debugger, and the other ends the process.
  const signals = [
    ["SIGUSR1", drain(true)],
    ["SIGUSR2", drain(false)],
  ] as const;
  for (const [signal, heard] of signals) process.on(signal, heard);
  const stopped = terminal.stopped();
  const log = (message: string) => {
    terminal.stderr(`backhand: ${printable(message)}\n`);
  };
  try {
    const table = file === undefined ? null : await readTable(file, global, terminal, log);
    const absolute = (path: string) => (isAbsolute(path) ? path : join(terminal.cwd, path));
    const settings = agentSettings(options, table, Date.now(), absolute);
    if ("error" in settings) throw new UsageError(settings.error);
    await runAgent(settings, {
      log,
      env: terminal.env,
      onDrain(wanted) {
        listener = wanted;
        if (isDrained !== null) wanted(isDrained);
        return () => {
          listener = null;
        };
      },
      stopped: () => stopped,
    });
    return exitCodes.fine;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && String(error.code).startsWith("BACKHAND_"))) throw error;
    log(error.message);
    return exitCodes.findings;
  } finally {
    for (const [signal, heard] of signals) process.off(signal, heard);
  }
}

/** The table of a configuration. What is wrong in it beside the cluster is told, and no reason not to announce. */
async function readTable(
  file: string,
  global: GlobalOptions,
  terminal: Terminal,
  log: (message: string) => void,
): Promise<RoutingTable> {
  // Only here: an agent without a configuration never loads the parser.
  const { compileConfiguration, problemText } = await import("../configuration.ts");
  const { table, problems } = compileConfiguration(file, global, terminal);
  for (const problem of problems) log(problemText(problem, table.files));
  return table;
}
