/** What this server counted of its own dealings with one member. */
interface Counts {
  requests: number;
  errors: number;
}

/** Counts requests, failures and times over all members, for the status page and for what this server announces. */
export interface MemberCounters {
  started(id: string): void;
  failed(id: string): void;
  /** A request that another server answered, with the time it took. */
  answered(milliseconds: number): void;
  of(id: string): { readonly requests: number; readonly errors: number };
  backhanded(): { readonly count: number; readonly meanTimeMs: number | null };
  /** Forgets those that are no members any more. */
  keep(ids: ReadonlySet<string>): void;
}

/** How much the last request counts in the mean time: about the last hundred decide. */
const weight = 0.01;

export function createMemberCounters(): MemberCounters {
  const counts = new Map<string, Counts>();
  let count = 0;
  let meanTimeMs: number | null = null;
  const find = (id: string): Counts => {
    let found = counts.get(id);
    if (found === undefined) counts.set(id, (found = { requests: 0, errors: 0 }));
    return found;
  };
  return {
    started(id) {
      find(id).requests += 1;
    },
    failed(id) {
      find(id).errors += 1;
    },
    answered(milliseconds) {
      count += 1;
      meanTimeMs = meanTimeMs === null ? milliseconds : meanTimeMs + weight * (milliseconds - meanTimeMs);
    },
    of: (id) => counts.get(id) ?? { requests: 0, errors: 0 },
    backhanded: () => ({ count, meanTimeMs }),
    keep(ids) {
      for (const id of counts.keys()) if (!ids.has(id)) counts.delete(id);
    },
  };
}
