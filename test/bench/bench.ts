/**
 * One measured figure of a file `<name>.bench.ts`, which exports its `title` and `run(): Promise<readonly BenchRow[]>`; the rows
 * of one bench come from one run, side by side.
 * `unit` says what a number means, `ratioTo` names the row that it is compared with.
 */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly ratioTo?: string;
}
