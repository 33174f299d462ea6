import { printable } from "../../report/printable.ts";
import type { DecisionTrace } from "../../server/decision-trace.ts";
import { askControl, ControlError, messageOf } from "../control/control-client.ts";
import type { ExitCode } from "../exit-codes.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";
import type { ExplainRequest } from "./request.ts";

/** Asks a running server how it would decide a request now; 1 when it cannot be reached or cannot say. */
export async function explainLive(
  { route }: ExplainRequest,
  path: string,
  format: "text" | "json" | "jsonl",
  terminal: Terminal,
): Promise<ExitCode> {
  try {
    const reply = await askControl(path, "POST", "/trace", {
      address: route.localAddress,
      port: route.localPort,
      host: route.host,
      path: route.target,
      method: route.method,
      headers: route.client?.headers ?? [],
    });
    if (reply.status !== 200) throw new ControlError(messageOf(reply));
    const { trace } = reply.body as { readonly trace: DecisionTrace | null };
    if (format === "text")
      terminal.stdout(trace === null ? "Not balanced: no candidacy functions here\n" : text(trace));
    else terminal.stdout(`${JSON.stringify(trace, null, format === "json" ? 2 : undefined)}\n`);
    return exitCodes.fine;
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    terminal.stderr(`backhand: ${printable(error.message)}\n`);
    return exitCodes.findings;
  }
}

type Traced = DecisionTrace["candidates"][number];

function text({ candidates, steps, chosen, redirect, panic }: DecisionTrace): string {
  const lines = ["Servers", ...list(candidates)];
  for (const [index, step] of steps.entries()) {
    const words = [step.function, step.argument].filter((word) => word !== null).join(" ");
    lines.push("", `${index + 1} ${words}  ${step.path}:${step.line}`, ...list(step.candidates));
  }
  lines.push("", `Chosen        ${chosen ?? "nobody: answered here"}`);
  if (redirect !== null) lines.push(`Redirect to   ${redirect}`);
  if (panic) lines.push("Nobody was left of the servers in good health, so the ejected ones were asked, too");
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function list(candidates: readonly Traced[]): readonly string[] {
  if (candidates.length === 0) return ["  nobody"];
  const width = Math.max(...candidates.map(({ id }) => id.length));
  return candidates.map((one) => {
    const figures = [
      `age ${(one.ageMs / 1000).toFixed(1)} s`,
      `load ${one.load.toFixed(2)}`,
      `ready ${one.ready}`,
      `busy ${one.busy}`,
      `CPU idle ${Math.round(one.cpu * 100)} %`,
      `in flight ${one.inflight}`,
      `sent ${one.sentSinceHeard}`,
      `latency ${one.latencyMs.toFixed(1)} ms`,
      ...(one.failuresInRow > 0 ? [`failures ${one.failuresInRow}`] : []),
    ];
    return `  ${one.id.padEnd(width)}  ${figures.join(", ")}`;
  });
}
