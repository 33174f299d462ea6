import { turnMs } from "../proxy/turn-clock.ts";
import type { FileFacts } from "../routing/file-facts.ts";
import { nodeFileFacts } from "../routing/node-file-facts.ts";

/** How long the answers of the file system are believed: requests ask for the same few names again and again. */
const freshMs = 1000;

/** Names to remember; clients can invent any number. */
const remembered = 10_000;

/** What is on this machine, asked at most once a second for each name. All answers are forgotten together. */
export function createCachedFileFacts(now: () => number = turnMs): Required<FileFacts> {
  const { kindOf, linkOf, homeOf } = nodeFileFacts;
  const forgets: (() => void)[] = [];
  let untilMs = -Infinity;
  let number = 0;

  function epoch(): number {
    const time = now();
    if (time < untilMs) return number;
    untilMs = time + freshMs;
    number += 1;
    for (const forget of forgets) forget();
    return number;
  }

  function cached<Answer>(ask: (name: string) => Answer): (name: string) => Answer {
    const known = new Map<string, Answer>();
    forgets.push(() => {
      known.clear();
    });
    return (name) => {
      epoch();
      const last = known.get(name);
      if (last !== undefined) return last;
      if (known.size >= remembered) known.clear();
      const answer = ask(name);
      known.set(name, answer);
      return answer;
    };
  }

  return { kindOf: cached(kindOf), linkOf: cached(linkOf), homeOf: cached(homeOf), epoch };
}
