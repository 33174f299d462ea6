import type { FileFacts } from "../routing/file-facts.ts";
import { nodeFileFacts } from "../routing/node-file-facts.ts";

/** How long an answer of the file system is believed: requests ask for the same few names again and again. */
const freshMs = 1000;

/** Names to remember; clients can invent any number. */
const remembered = 10_000;

/** Asks once for each name within the time that an answer is believed. */
function cached<Answer>(ask: (name: string) => Answer, now: () => number): (name: string) => Answer {
  const known = new Map<string, { readonly answer: Answer; readonly untilMs: number }>();
  return (name) => {
    const time = now();
    const last = known.get(name);
    if (last !== undefined && last.untilMs > time) return last.answer;
    if (known.size >= remembered) known.clear();
    const answer = ask(name);
    known.set(name, { answer, untilMs: time + freshMs });
    return answer;
  };
}

/** What is on this machine, asked at most once a second for each name. */
export function createCachedFileFacts(now: () => number = () => performance.now()): FileFacts {
  const { kindOf, linkOf, homeOf } = nodeFileFacts;
  return { kindOf: cached(kindOf, now), linkOf: cached(linkOf, now), homeOf: cached(homeOf, now) };
}
