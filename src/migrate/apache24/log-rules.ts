import { changed, dropped, folded } from "../verdict.ts";
import type { LineRule, LineRules } from "./line-rule.ts";
import { firstWord, quoted, withWord } from "./line-rule.ts";

/**
 * A program behind a log: until 2.2 a shell runs it, in 2.4 only where `|$` says so.
 * httpd 2.4 server/log.c piped_log_open
 */
function piped(target: string): string {
  const [, command] = /^\|(?![|$])\s*([^]*)$/.exec(target) ?? [];
  if (command === undefined) return target;
  const needsShell = /[;&|<>()$`*?~{}'"\\]/.test(command) || !command.startsWith("/");
  return needsShell ? `|$${command}` : target;
}

/** A line with its program run as before. */
const log: LineRule = (directive, { dialect }, line) => {
  const [word] = directive.words;
  if (dialect === "2.4" || word === undefined) return null;
  const to = piped(word.value);
  return to === word.value
    ? null
    : changed(withWord(line, word, to), "2.4 runs the program of a log by a shell only behind |$");
};

const custom =
  (format: string): LineRule =>
  (directive) =>
    changed(`CustomLog ${quoted(piped(firstWord(directive)))} "${format}"`, "its form in 2.4");

/** Logs. */
export const logRules: LineRules = [
  ["customlog transferlog errorlog forensiclog", log],
  ["agentlog", custom("%{User-Agent}i")],
  ["refererlog", custom("%{Referer}i -> %U")],
  ["refererignore", () => dropped("the new log has these requests too; a CustomLog with env=!name leaves some out")],
  ["cookielog", custom("%{Apache}n %r %t")],
  ["rewritelog", () => folded("2.4 writes it to the ErrorLog, at the level rewrite:trace")],
  [
    "rewriteloglevel",
    (directive) => {
      const level = Math.min(8, Number(firstWord(directive)) || 0);
      return level === 0 ? dropped("the default of 2.4") : changed(`LogLevel rewrite:trace${level}`, "its form in 2.4");
    },
  ],
];
