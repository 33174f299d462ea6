import { Session, type Profiler } from "node:inspector";

/** Counts how often the blocks of our code run, in the tests of the file that calls this, and gives the count since it was last taken. */
export function countBlocks(): () => number {
  const session = new Session();
  beforeAll(() => {
    session.connect();
    session.post("Profiler.enable");
    session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  });
  afterAll(() => {
    session.disconnect();
  });
  return () => {
    let total = 0;
    session.post("Profiler.takePreciseCoverage", (error, { result }: Profiler.TakePreciseCoverageReturnType) => {
      if (error !== null) throw error;
      for (const { url, functions } of result) {
        if (!url.includes("/src/")) continue;
        for (const { ranges } of functions) for (const { count } of ranges) total += count;
      }
    });
    return total;
  };
}
