import { addedLines, type OutputFile } from "../verdict.ts";
import type { ClusterFacts } from "./balancer.ts";
import { quoted } from "./line-rule.ts";

/**
 * What an Apache 2.4 behind the balancer includes: it announces itself, to backhand and to Apache's balancers alike, and sees
 * the client's address as the balancer hands it on, in its logs and its access rules.
 */
export function backendFile({ group, networks }: ClusterFacts, modules: string): OutputFile {
  const load = (name: string): string => `LoadModule ${name}_module ${quoted(`${modules}/mod_${name}.so`)}`;
  const texts = [
    "# For each server behind the balancer: include this file in its configuration.",
    "<IfModule !mod_watchdog.c>",
    `    ${load("watchdog")}`,
    "</IfModule>",
    ...(group === null ? [] : [load("heartbeat"), `HeartbeatAddress ${group}`]),
    load("remoteip"),
    "RemoteIPHeader X-Forwarded-For",
    ...(networks.length === 0
      ? ["# RemoteIPInternalProxy takes the balancer's address: without it nobody's X-Forwarded-For is believed."]
      : [`RemoteIPInternalProxy ${networks.join(" ")}`]),
    "# %a in a LogFormat is then the client, where %h may be the balancer.",
  ];
  const why = "for the servers behind";
  return { path: "backend.conf", lines: addedLines(texts, why) };
}
