import { Chalk } from "chalk";
import { printable } from "../../report/printable.ts";
import type { Explanation } from "../explain/explanation.ts";
import { filePlaceText } from "../explain/file-place.ts";
import type { Aspect, Side } from "./changes.ts";
import type { ChangeGroup } from "./group.ts";

const titles: Readonly<Record<Aspect, string>> = {
  virtualHost: "virtual host",
  answer: "answer",
  access: "access",
  sections: "sections",
  backhand: "candidacy functions",
  handler: "handler",
  file: "file",
  dependsOn: "depends on",
};

/** What `backhand diff` found. */
export interface DiffResult {
  /** How many requests were compared. */
  readonly requests: number;
  readonly changed: number;
  /** Addresses that only one of the configurations listens to. */
  readonly listen: { readonly removed: readonly string[]; readonly added: readonly string[] };
  readonly groups: readonly ChangeGroup[];
}

/** The result for people. */
export function diffText({ requests, changed, listen, groups }: DiffResult, color: boolean): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const parts: string[] = [];
  for (const address of listen.removed) parts.push(`${chalk.red("-")} listens on ${address} no longer\n`);
  for (const address of listen.added) parts.push(`${chalk.green("+")} listens on ${address} now\n`);
  if (parts.length > 0) parts.push("\n");
  for (const group of groups) {
    for (const request of group.examples) parts.push(`${chalk.bold(requestText(request))}\n`);
    const others = group.requests - group.examples.length;
    if (others > 0) parts.push(chalk.dim(`and ${others} like ${others === 1 ? "it" : "them"}`), "\n");
    for (const { aspect, before, after } of group.changes) {
      parts.push(`  ${titles[aspect]}\n`);
      parts.push(`    ${chalk.red("-")} ${sideText(before)}\n    ${chalk.green("+")} ${sideText(after)}\n`);
    }
    parts.push("\n");
  }
  const verdict = changed === 0 ? "none changes" : changed === 1 ? "1 changes" : `${changed} change`;
  parts.push(`${requests} requests compared, ${verdict}\n`);
  return parts.join("");
}

function requestText({ method, path, host, to, from }: Explanation["request"]): string {
  return printable(`${method} ${path}  Host: ${host ?? "none"}  to ${to}  from ${from}`);
}

function sideText({ text, path, line, uses = [] }: Side): string {
  return printable(path === null ? text : `${text}  ${filePlaceText({ path, line: line ?? 0, uses })}`);
}
