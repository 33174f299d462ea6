import type { ActiveDirective } from "../../config/active-config.ts";
import type { Draft } from "../draft.ts";
import { changed, dropped } from "../verdict.ts";
import type { HostTls } from "./tls.ts";

/** How a target says it. */
export interface TlsWords {
  /** What one of the lines has become. */
  readonly to: (directive: ActiveDirective, tls: HostTls) => string;
  /** What one of the lines about certificates of clients has become; null: nothing. */
  readonly ofClients: (directive: ActiveDirective, clients: NonNullable<HostTls["clients"]>) => string | null;
  /** What is left to do with the files of a host; null: nothing. */
  readonly files: (tls: HostTls) => string | null;
}

/** Says what has become of the lines about TLS. */
export function judgeTls(hosts: ReadonlyMap<number, HostTls>, draft: Draft, { to, files, ofClients }: TlsWords): void {
  for (const tls of hosts.values()) {
    const left = files(tls) ?? "TLS of the host";
    for (const directive of tls.lines) {
      const line = draft.source.lineOf(directive);
      const why = directive.key === "sslcertificatefile" ? left : "TLS of the host";
      if (line !== null) draft.judge(line, changed(to(directive, tls), why));
    }
    for (const directive of tls.clients?.lines ?? []) {
      const line = draft.source.lineOf(directive);
      const text = tls.clients === null ? null : ofClients(directive, tls.clients);
      if (line === null || draft.isJudged(line)) continue;
      if (text !== null) draft.judge(line, changed(text, "certificates of clients"));
    }
    const chain = tls.chainLine === null ? null : draft.source.lineOf(tls.chainLine);
    if (chain !== null) draft.judge(chain, dropped(left));
  }
}
