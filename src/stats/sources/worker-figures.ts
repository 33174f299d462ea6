/** How many workers of a server wait for requests, and how many have one. */
export interface WorkerFigures {
  readonly ready: number;
  readonly busy: number;
}
