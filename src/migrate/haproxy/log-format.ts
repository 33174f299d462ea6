import { translateLogFormat } from "../site/log-format.ts";
import { format as literal } from "./words.ts";

/** Users are asked for by none of these rules, so that there is never a name. */
const plain: Readonly<Record<string, string>> = {
  "%": "%%",
  h: "%ci",
  a: "%ci",
  A: "%fi",
  l: "-",
  u: "-",
  t: "[%trl]",
  r: "%r",
  s: "%ST",
  b: "%B",
  B: "%B",
  O: "%B",
  I: "%U",
  p: "%fp",
  m: "%HM",
  U: "%HP",
  q: "%HQ",
  H: "%HV",
  P: "%pid",
};

/** A sample that is only there while a request or its answer is. */
export interface LogSample {
  readonly of: "request" | "answer";
  readonly sample: string;
}

/** A format of httpd as HAProxy writes it, or the items that it has nothing for; `keep` gives a variable for a sample. */
export function haproxyLogFormat(
  format: string,
  keep: (sample: LogSample) => string,
): { readonly text: string } | { readonly missing: readonly string[] } {
  return translateLogFormat(format, {
    item: (letter, argument) => itemText(letter, argument, keep),
    literal(character, before) {
      // What follows would be part of the name of the item before it.
      const joins = /[A-Za-z0-9]/.test(character) && /%[A-Za-z]+$/.test(before.replaceAll("%%", ""));
      return character === "%" || joins ? null : literal(character);
    },
  });
}

function itemText(letter: string, argument: string | undefined, keep: (sample: LogSample) => string): string | null {
  if (argument === undefined) {
    if (letter === "v" || letter === "V")
      return `%[var(${keep({ of: "request", sample: "req.hdr(host),host_only,lower" })})]`;
    return plain[letter] ?? null;
  }
  if (letter === "p")
    return argument === "remote" ? "%cp" : argument === "local" || argument === "canonical" ? "%fp" : null;
  if (letter === "T") return argument === "ms" ? "%Ta" : null;
  if (letter === "a") return argument === "c" ? "%ci" : null;
  if (!/^[\w.-]+$/.test(argument)) return null;
  const samples: Readonly<Record<string, LogSample>> = {
    i: { of: "request", sample: `req.fhdr(${argument})` },
    C: { of: "request", sample: `req.cook(${argument})` },
    o: { of: "answer", sample: `res.fhdr(${argument})` },
  };
  const sample = samples[letter];
  return sample === undefined ? null : `%[var(${keep(sample)})]`;
}
