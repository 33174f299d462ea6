import { readCheckWords } from "./check-words.ts";
import { isOff, readHealthWords } from "./health-words.ts";
import { readInflightWords } from "./inflight-words.ts";
import { networksProblem, retryProblem, timeoutProblem } from "./relay-words.ts";
import { maxWorkers, readWorkers } from "./worker-count.ts";

/**
 * What is wrong with the words of a directive about balancing, whose name is given in lower case; null: nothing, or it is
 * another directive. For lint and compile alike.
 */
export function settingProblem(key: string, words: readonly string[]): string | null {
  const [first = ""] = words;
  switch (key) {
    case "backhandhealth":
      return isOff(words) ? null : errorOf(readHealthWords(words));
    case "backhandmaxinflight":
      return errorOf(readInflightWords(words));
    case "backhandcheck":
      return isOff(words) ? null : errorOf(readCheckWords(words));
    case "backhandworkers":
      return readWorkers(first) === null ? `Expected a number from 1 to ${maxWorkers}, got "${first}"` : null;
    case "backhandtimeout":
      return timeoutProblem(words);
    case "backhandretry":
      return retryProblem(words);
    case "backhandtrustedproxy":
      return networksProblem(words);
    case "backhandslowstart":
      return /^\d{1,4}$/.test(first) ? null : `Expected seconds from 0 to 9999, got "${first}"`;
    default:
      return null;
  }
}

function errorOf(read: object): string | null {
  return "error" in read ? String(read.error) : null;
}
