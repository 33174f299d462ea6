/** One measured figure; `unit` says what a number means, `ratioTo` names the row that it is compared with. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly ratioTo?: string;
}

/** What a file `<name>.bench.ts` exports. Rows of one bench come from one run, side by side. */
export interface Bench {
  readonly title: string;
  run(): Promise<readonly BenchRow[]>;
}
