import type { ActiveConfig, ActiveDirective } from "../../config/active-config.ts";
import type { Draft } from "../draft.ts";
import { defaultTimeout } from "../site/default-timeout.ts";
import { changed } from "../verdict.ts";

/** The timeouts of all sections, and what becomes of the lines of the server that say them. */
export function timeoutLines({ server, dialect }: ActiveConfig, draft: Draft): readonly string[] {
  const lastOf = (key: string): ActiveDirective | undefined =>
    server.children.findLast((node): node is ActiveDirective => node.kind === "directive" && node.key === key);
  const judged = (node: ActiveDirective, lines: readonly string[]): readonly string[] => {
    const line = draft.source.lineOf(node);
    if (line !== null) draft.judge(line, changed(lines, "the same in HAProxy"));
    return lines;
  };
  const secondsOf = (node: ActiveDirective | undefined): number | null => {
    const word = node?.words[0]?.value ?? "";
    return /^\d{1,6}$/.test(word) && Number(word) > 0 ? Number(word) : null;
  };
  const waits = (seconds: number): readonly string[] => [`timeout client ${seconds}s`, `timeout server ${seconds}s`];
  const [timeout, idle, keep] = ["timeout", "keepalivetimeout", "keepalive"].map(lastOf);
  const seconds = secondsOf(timeout);
  const idleSeconds = secondsOf(idle);
  const isOff = keep !== undefined && /^(?:off|0)$/i.test(keep.words[0]?.value ?? "");
  return [
    ...(timeout === undefined || seconds === null ? waits(defaultTimeout(dialect)) : judged(timeout, waits(seconds))),
    ...(keep === undefined ? [] : judged(keep, isOff ? ["option httpclose"] : ["option http-keep-alive"])),
    ...(idle === undefined || idleSeconds === null || isOff
      ? []
      : judged(idle, [`timeout http-keep-alive ${idleSeconds}s`])),
  ];
}
