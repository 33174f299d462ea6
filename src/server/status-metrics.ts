import type { StatusMember, StatusPlaces, StatusReport } from "./status-report.ts";

/** Text for Prometheus, with its content type. */
export interface MetricsText {
  readonly contentType: string;
  readonly text: string;
}

const memberGauges: readonly (readonly [name: string, help: string, value: (member: StatusMember) => number])[] = [
  ["up", "1 when the member gets requests, 0 when it drains or is ejected", ({ state }) => (state === "up" ? 1 : 0)],
  ["ejected", "1 while the member is ejected", ({ state }) => (state === "ejected" ? 1 : 0)],
  ["draining", "1 while the member drains", ({ state }) => (state === "drain" ? 1 : 0)],
  ["age_seconds", "Time since the last announcement", ({ ageMs }) => ageMs / 1000],
  ["workers_ready", "Idle workers", ({ ready }) => ready],
  ["workers_busy", "Busy workers", ({ busy }) => busy],
  ["load", "Load average over one minute", ({ load }) => load],
  ["cpu_idle_ratio", "Idle share of the CPUs", ({ cpu }) => cpu],
  ["cpus", "Number of CPUs", ({ ncpu }) => ncpu],
  ["arriba", "Relative speed of one CPU", ({ arriba }) => arriba],
  ["memory_bytes", "Memory", ({ tmem }) => tmem],
  ["memory_available_bytes", "Available memory", ({ amem }) => amem],
  ["requests_in_flight", "Requests given to the member and not answered yet", ({ inflight }) => inflight],
  ["latency_seconds", "Peak-weighted time until answers begin", ({ latency }) => latency / 1000],
  [
    "check_failed",
    "1 when the last check of the member failed",
    ({ check }) => ((check?.problem ?? null) === null ? 0 : 1),
  ],
  ["arrivals", "Mean of the requests in a period between announcements", ({ arrivals }) => arrivals],
  ["arrivals_variance", "Variance of the same", ({ arrivalsVariance }) => arrivalsVariance],
];

const memberCounters: typeof memberGauges = [
  ["requests_total", "Requests given to the member", ({ requests }) => requests],
  ["errors_total", "Requests that the member failed", ({ errors }) => errors],
  ["backhanded_total", "Requests that the member handed to others", ({ numbacked }) => numbacked],
];

const placeGauges: readonly (readonly [name: string, help: string, value: (places: StatusPlaces) => number])[] = [
  ["places", "Requests that are served at a time (MaxClients)", ({ limit }) => limit],
  ["places_taken", "Requests that have a place", ({ taken }) => taken],
  ["places_waiting", "Requests that wait for a place", ({ waiting }) => waiting],
];

const placeCounters: typeof placeGauges = [
  ["places_waited_total", "Requests that had to wait for a place", ({ waited }) => waited],
  ["places_refused_total", "Requests that got no place", ({ refused }) => refused],
];

/** The report as Prometheus reads it. The library is loaded with the first request for it. */
export async function statusMetrics(report: StatusReport): Promise<MetricsText> {
  const { Counter, Gauge, Registry } = await import("prom-client");
  // A new one each time: members that are gone leave nothing behind.
  const registry = new Registry();
  const registers = [registry];
  for (const [name, help, valueOf] of memberGauges) {
    const gauge = new Gauge({ name: `backhand_member_${name}`, help, labelNames: ["member"], registers });
    for (const member of report.members) gauge.set({ member: member.id }, valueOf(member));
  }
  for (const [name, help, valueOf] of memberCounters) {
    const counter = new Counter({ name: `backhand_member_${name}`, help, labelNames: ["member"], registers });
    for (const member of report.members) counter.inc({ member: member.id }, valueOf(member));
  }
  const refused = new Counter({
    name: "backhand_announcements_refused_total",
    help: "Announcements that were refused",
    labelNames: ["reason"],
    registers,
  });
  for (const [reason, count] of Object.entries(report.refused)) refused.inc({ reason }, count);
  new Gauge({ name: "backhand_members", help: "Servers that are known", registers }).set(report.members.length);
  if (report.herding !== null) {
    const help = "Variance of arrivals from one period to the next by their mean; 1 is chance";
    new Gauge({ name: "backhand_herding_ratio", help, registers }).set(report.herding);
  }
  const { places } = report;
  if (places !== null) {
    for (const [name, help, valueOf] of placeGauges) {
      new Gauge({ name: `backhand_${name}`, help, registers }).set(valueOf(places));
    }
    for (const [name, help, valueOf] of placeCounters) {
      new Counter({ name: `backhand_${name}`, help, registers }).inc(valueOf(places));
    }
  }
  return { contentType: registry.contentType, text: await registry.metrics() };
}
