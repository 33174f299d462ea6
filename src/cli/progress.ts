import cliProgress from "cli-progress";

/** Shows how far long work has come. */
export interface Progress {
  readonly update: (done: number) => void;
  readonly stop: () => void;
}

/** Below this many steps the work is over before a bar is drawn. */
const WORTH_A_BAR = 2000;

/** A bar on standard error when that is a terminal, else nothing. */
export function showProgress(total: number, unit: string): Progress {
  if (!process.stderr.isTTY || total < WORTH_A_BAR) return { update: () => {}, stop: () => {} };
  const bar = new cliProgress.SingleBar(
    { format: `{bar} {percentage}% | {value}/{total} ${unit}`, stream: process.stderr, clearOnComplete: true },
    cliProgress.Presets.shades_classic,
  );
  bar.start(total, 0);
  return {
    update: (done) => {
      bar.update(done);
    },
    stop: () => {
      bar.stop();
    },
  };
}
