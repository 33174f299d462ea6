import type { ActiveDirective } from "../../config/active-config.ts";
import type { Draft } from "../draft.ts";
import { changed, dropped } from "../verdict.ts";
import type { HostTls } from "./tls.ts";

/** How a target says it. */
export interface TlsWords {
  /** What one of the lines has become. */
  readonly to: (directive: ActiveDirective, tls: HostTls) => string;
  /** What is left to do with the files of a host; null: nothing. */
  readonly files: (tls: HostTls) => string | null;
}

/** Says what has become of the lines about TLS. */
export function judgeTls(hosts: ReadonlyMap<number, HostTls>, draft: Draft, { to, files }: TlsWords): void {
  for (const tls of hosts.values()) {
    const left = files(tls) ?? "TLS of the host";
    for (const directive of tls.lines) {
      const line = draft.source.lineOf(directive);
      const why = directive.key === "sslcertificatefile" ? left : "TLS of the host";
      if (line !== null) draft.judge(line, changed(to(directive, tls), why));
    }
    const chain = tls.chainLine === null ? null : draft.source.lineOf(tls.chainLine);
    if (chain !== null) draft.judge(chain, dropped(left));
  }
}
