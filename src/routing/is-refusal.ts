import type { Match, Refusal } from "./match.ts";

/** Tells the two answers of a router apart. */
export function isRefusal(answer: Match | Refusal): answer is Refusal {
  return "status" in answer;
}
