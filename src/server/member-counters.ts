/** What this server counted of its own dealings with one member. */
interface Counts {
  requests: number;
  errors: number;
  /** Requests since the last period ended. */
  arrivals: number;
  /** Of the requests in one period, over the last periods. */
  mean: number;
  variance: number;
  periods: number;
}

/** The counts of one member, for people. */
export interface MemberCount {
  readonly requests: number;
  readonly errors: number;
  /** Mean of the requests in one period between two announcements, and their variance. */
  readonly arrivals: number;
  readonly arrivalsVariance: number;
}

/** Counts requests, failures and times over all members, for the status page and for what this server announces. */
export interface MemberCounters {
  started(id: string): void;
  failed(id: string): void;
  /** A request that another server answered, with the time it took. */
  answered(milliseconds: number): void;
  of(id: string): MemberCount;
  backhanded(): { readonly count: number; readonly meanTimeMs: number | null };
  /** One period between two announcements is over. */
  periodEnded(): void;
  /**
   * How much requests come in herds: the variance of the arrivals at a member from one period to the next, by their mean. 1 is
   * chance, below is evener, and a server that gets everything until its next announcement makes it as large as that crowd.
   * Null: too little to say.
   */
  herding(): number | null;
  /** Forgets those that are no members any more. */
  keep(ids: ReadonlySet<string>): void;
}

/** How much the last request counts in the mean time: about the last hundred decide. */
const weight = 0.01;
/** How much the last period counts: about the last thirty decide. */
const periodWeight = 1 / 30;
/** Fewer say nothing. */
const fewestPeriods = 10;
const fewestArrivals = 0.5;

export function createMemberCounters(): MemberCounters {
  const counts = new Map<string, Counts>();
  let count = 0;
  let meanTimeMs: number | null = null;
  const find = (id: string): Counts => {
    let found = counts.get(id);
    if (found === undefined) {
      found = { requests: 0, errors: 0, arrivals: 0, mean: 0, variance: 0, periods: 0 };
      counts.set(id, found);
    }
    return found;
  };
  return {
    started(id) {
      const found = find(id);
      found.requests += 1;
      found.arrivals += 1;
    },
    failed(id) {
      find(id).errors += 1;
    },
    answered(milliseconds) {
      count += 1;
      meanTimeMs = meanTimeMs === null ? milliseconds : meanTimeMs + weight * (milliseconds - meanTimeMs);
    },
    of(id) {
      const found = counts.get(id);
      if (found === undefined) return { requests: 0, errors: 0, arrivals: 0, arrivalsVariance: 0 };
      const { requests, errors, mean, variance } = found;
      return { requests, errors, arrivals: mean, arrivalsVariance: variance };
    },
    backhanded: () => ({ count, meanTimeMs }),
    periodEnded() {
      for (const found of counts.values()) {
        found.periods += 1;
        // The first ones count alike, so that the beginning at zero does not last.
        const share = Math.max(periodWeight, 1 / found.periods);
        const difference = found.arrivals - found.mean;
        found.mean += share * difference;
        found.variance = (1 - share) * (found.variance + share * difference * difference);
        found.arrivals = 0;
      }
    },
    herding() {
      let variance = 0;
      let mean = 0;
      for (const found of counts.values()) {
        if (found.periods < fewestPeriods) continue;
        variance += found.variance;
        mean += found.mean;
      }
      return mean < fewestArrivals ? null : variance / mean;
    },
    keep(ids) {
      for (const id of counts.keys()) if (!ids.has(id)) counts.delete(id);
    },
  };
}
