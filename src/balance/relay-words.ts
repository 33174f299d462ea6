import { parseNetwork } from "../stats/ip-address.ts";

/** As httpd writes times: seconds, or with a unit. */
const TIME = /^\d{1,9}(?:\.\d{1,6})?(?:ms|s|mi|min|h)?$/i;
const RETRY: Readonly<Record<string, RegExp>> = {
  attempts: /^\d{1,2}$/,
  on: /^(?:connect|reset|sent)(?:,(?:connect|reset|sent))*$/i,
  budget: /^(?:\d{1,2}|100)%$/,
};

/** What is wrong with the words of BackhandTimeout; null: nothing. */
export function timeoutProblem(words: readonly string[]): string | null {
  const wrong = words.find((word) => {
    const [, value = ""] = /^(?:connect|first-byte|idle|total)=(.{1,20})$/i.exec(word) ?? [];
    return !TIME.test(value);
  });
  const expected = "connect=S, first-byte=S, idle=S or total=S, in seconds or with ms, s, min or h,";
  return wrong === undefined ? null : `Expected ${expected} instead of "${wrong}"`;
}

/** What is wrong with the words of BackhandRetry; null: nothing. */
export function retryProblem(words: readonly string[]): string | null {
  const wrong = words.find((word) => {
    const [, key = "", value = ""] = /^(attempts|on|budget)=(.{1,40})$/i.exec(word) ?? [];
    return RETRY[key.toLowerCase()]?.test(value) !== true;
  });
  return wrong === undefined ? null : `Expected attempts=N, on=connect,reset,sent or budget=N% instead of "${wrong}"`;
}

/** What is wrong with the networks of BackhandTrustedProxy; null: nothing. */
export function networksProblem(words: readonly string[]): string | null {
  const wrong = words.find((word) => {
    try {
      parseNetwork(word);
      return false;
    } catch {
      return true;
    }
  });
  return wrong === undefined ? null : `Expected an address or address/prefix instead of "${wrong}"`;
}
