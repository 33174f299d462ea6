import type { ActiveNode } from "./active-config.ts";
import { atoi } from "./atoi.ts";
import { leadingNumber, timeSeconds } from "./numbers.ts";
import { only24, problemAt } from "./value-problem.ts";
import type { ValueCheck, ValueProblem } from "./values.ts";

/** A check of the first word alone. */
function first(accepts: (text: string) => boolean, expected: string): ValueCheck {
  return (node: ActiveNode): ValueProblem | null => {
    const [word] = node.words;
    if (word === undefined || accepts(word.value)) return null;
    return problemAt(word, `Expected ${expected} for ${node.name}, got "${word.value}"`);
  };
}

function range(min: number, max: number): string {
  return max === Infinity ? `a number from ${min} on` : `a number from ${min} to ${max}`;
}

/** With `atoi`: 32 bits, and what is behind the number does not count. */
function int(min: number, max = Infinity): ValueCheck {
  return first((text) => atoi(text) >= min && atoi(text) <= max, range(min, max));
}

/** 64 bits; what is behind the number does not count. */
const size = first(
  (text) => {
    const { value, tooLarge } = leadingNumber(text);
    return value >= 0 && !tooLarge;
  },
  range(0, Infinity),
);

/** 64 bits, and nothing behind the number. */
function exact(min: number, max = Infinity): ValueCheck {
  return first(
    (text) => {
      const { value, tooLarge, rest } = leadingNumber(text);
      return rest === "" && !tooLarge && value >= min && value <= max;
    },
    range(min, max),
  );
}

/** A number with nothing behind it, of any size and sign. */
const plain = first((text) => leadingNumber(text).rest === "", "a number");
const digits = first((text) => /^\d*$/.test(text), "digits only");

function time(min: number, max: number, expected: string): ValueCheck {
  return first((text) => {
    const seconds = timeSeconds(text);
    return seconds !== null && seconds >= min && seconds <= max;
  }, expected);
}

const anyTime = time(0, Infinity, "a time such as 5, 5s or 500ms");
const upToAnHour = time(0, 3600, "a time of up to an hour");

const unitBytes: ReadonlyMap<string, number> = new Map([
  ["b", 1],
  ["k", 1024],
  ["m", 1024 * 1024],
]);

const isPowerOfTwo = (number: number): boolean => (number & (number - 1)) === 0;

function all(names: string, check: ValueCheck): readonly (readonly [string, ValueCheck])[] {
  return names.split(" ").map((name) => [name, check] as const);
}

const checks24: readonly (readonly [string, ValueCheck])[] = [
  ...all(
    "deflatebuffersize deflateinflateratioburst deflateinflateratiolimit listencoresbucketsratio listentcpdeferaccept",
    int(1),
  ),
  ...all("h2maxsessionstreams h2maxworkers h2minworkers", int(1)),
  ...all("h2maxdataframelen proxyhctpsize davmintimeout sessionexpiryupdateinterval", int(0)),
  ...all("h2streammaxmemsize h2windowsize", int(1024)),
  ...all("deflatecompressionlevel deflatememlevel", int(1, 9)),
  ["deflatewindowsize", int(1, 15)],
  ["brotlicompressionquality", int(0, 11)],
  ["brotlicompressionwindow", int(10, 24)],
  ["brotlicompressionmaxinputblock", int(16, 24)],
  ["h2padding", int(0, 8)],
  // The product of both is at most 20.
  ...all("cachedirlength cachedirlevels", int(1, 20)),
  ["h2pushdiarysize", first((text) => atoi(text) >= 0 && isPowerOfTwo(atoi(text)), "0 or a power of 2")],
  ["heartbeatmaxservers", first((text) => atoi(text) === 0 || atoi(text) >= 10, "0 or a number from 10 on")],
  ["cachelockmaxage", first((text) => leadingNumber(text).value > 0, range(1, Infinity))],
  ...all("cachemaxfilesize cacheminfilesize cachereadsize cachereadtime cachesocachemaxtime", size),
  ...all("cachesocachemintime cachesocachereadsize cachesocachereadtime limitxmlrequestbody", size),
  ...all("authformsize maxmemfree threadstacksize", size),
  ...all("deflateinflatelimitrequestbody keptbodysize", exact(0)),
  [
    "cachesocachemaxsize",
    first((text) => leadingNumber(text).value >= 1024 && leadingNumber(text).value < 2 ** 32, range(1024, 2 ** 32 - 1)),
  ],
  ...all("flushmaxthreshold readbuffersize", exact(0, 2 ** 32 - 1)),
  ...all("proxyhtmlbufsize authdigestnoncelifetime", plain),
  ...all("dbdexptime dbdkeep dbdmax dbdmin", digits),
  [
    "substitutemaxlinelength",
    first((text) => {
      const { value, tooLarge, rest } = leadingNumber(text);
      return value >= 0 && !tooLarge && /^[bkmg]?$/i.test(rest) && /\d/.test(text);
    }, "a number of bytes, with b, k, m or g behind it if need be"),
  ],
  ["asyncrequestworkerfactor", first((text) => Number(text) > 0 || /^\+?(?:inf|nan)/i.test(text), "a number above 0")],
  [
    "authdigestshmemsize",
    first((text) => {
      const { value, rest } = leadingNumber(text);
      const unit = rest === "" ? 1 : unitBytes.get(rest.charAt(0).toLowerCase());
      return unit !== undefined && value * unit >= 88;
    }, "at least 88 bytes, with k or m behind them if need be"),
  ],
  ["balancergrowth", int(0, 1000)],
  ["cachelastmodifiedfactor", first((text) => /^\s*[+-]?(?:\d|\.\d|inf|nan)/i.test(text), "a number")],
  ...all("keepalivetimeout cgidscripttimeout h2streamtimeout h2maxworkeridleseconds", anyTime),
  ...all("memcacheconnttl redisconnpoolttl redistimeout", upToAnHour),
  ["watchdoginterval", time(0.1, Infinity, "a time from 100ms on")],
];

/** Numbers and times of 2.4's modules, each as its handler reads it. */
export const numberChecks: readonly (readonly [string, ValueCheck])[] = checks24.map(([name, check]) => [
  name,
  only24(check),
]);
