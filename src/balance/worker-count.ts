/** More processes than any machine has CPUs for are a typing error. */
export const maxWorkers = 256;

/** The number after BackhandWorkers or --workers; null: it is none. */
export function readWorkers(word: string): number | null {
  const number = /^\d{1,3}$/.test(word) ? Number(word) : 0;
  return number >= 1 && number <= maxWorkers ? number : null;
}
