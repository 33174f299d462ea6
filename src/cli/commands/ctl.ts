import { printable } from "../../report/printable.ts";
import { askControl, ControlError, findSocket, messageOf } from "../control/control-client.ts";
import type { SocketOptions } from "../control/control-client.ts";
import type { ExitCode } from "../exit-codes.ts";
import { exitCodes } from "../exit-codes.ts";
import type { GlobalOptions, Terminal } from "../terminal.ts";

/** What a server can be told. */
export type ControlCommand =
  | { readonly kind: "reload" | "stop" }
  | { readonly kind: "drain"; readonly id: string; readonly sessionsSeconds: number }
  | { readonly kind: "undrain"; readonly id: string };

/** `backhand ctl`: 0 when the server did it, 1 when it refused or cannot be reached; its reason goes to standard error. */
export async function run(
  command: ControlCommand,
  options: SocketOptions,
  global: GlobalOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const say = (message: string): void => {
    terminal.stderr(`backhand: ${printable(message)}\n`);
  };
  try {
    const path = await findSocket(options, global, terminal);
    const reply = await askControl(path, "POST", `/${command.kind}`, bodyOf(command));
    if (reply.status !== 200) {
      say(messageOf(reply));
      return exitCodes.findings;
    }
    for (const note of notesOf(reply.body)) say(note);
    say(done(command));
    return exitCodes.fine;
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    say(error.message);
    return exitCodes.findings;
  }
}

function bodyOf(command: ControlCommand): unknown {
  switch (command.kind) {
    case "reload":
    case "stop":
      return undefined;
    case "drain":
      return { id: command.id, sessions: command.sessionsSeconds };
    case "undrain":
      return { id: command.id };
    default:
      return command satisfies never;
  }
}

function done(command: ControlCommand): string {
  switch (command.kind) {
    case "reload":
      return "the configuration was read again";
    case "stop":
      return "it finishes what runs, and stops";
    case "drain":
      return `${command.id} gets no new requests, and those of its sessions for ${command.sessionsSeconds} s`;
    case "undrain":
      return `${command.id} gets requests again`;
    default:
      return command satisfies never;
  }
}

function notesOf(body: unknown): readonly string[] {
  const notes: unknown = typeof body === "object" && body !== null && "notes" in body ? body.notes : [];
  return Array.isArray(notes) ? notes.map(String) : [];
}
