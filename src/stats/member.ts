/** A server of the cluster as this one knows it. Times are milliseconds of the local clock. */
export interface Member {
  readonly id: string;
  /** Address and port at which it takes requests. */
  readonly address: string;
  readonly port: number;
  readonly isSelf: boolean;
  readonly state: "up" | "drain";
  /** While it drains: until when it still gets the requests of its sessions. Infinity: until it is gone. */
  readonly sessionsUntilMs: number;
  /** When it started, by its own clock; null when it does not say. Another value means that it is a new process. */
  readonly startedMs: number | null;
  /** When its last announcement came in. */
  readonly lastHeardMs: number;
  readonly ready: number;
  readonly busy: number;
  /** Load average over one minute; 0 when never sent, as for the next ones. */
  readonly load: number;
  /** Idle share of the CPUs, 0 to 1. */
  readonly cpuIdle: number;
  readonly cpuCount: number;
  readonly arriba: number;
  readonly totalMemoryBytes: number;
  readonly availableMemoryBytes: number;
  readonly backhanded: number;
  readonly meanTimeMs: number;
}
