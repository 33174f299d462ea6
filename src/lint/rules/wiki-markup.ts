import { dialects } from "../../../grammar/dialect.ts";
import type { Line } from "../../../grammar/syntax-tree.ts";
import type { FileReading } from "../../config/active-config.ts";
import type { TextEdit } from "../../diagnostics/diagnostic.ts";
import { quote } from "../quote.ts";
import { defineRule, type Finding } from "../rule.ts";
import { linksIn, unmark, withoutMarks } from "../wiki/links.ts";
import { lostTags } from "../wiki/lost-tags.ts";
import { wikiPage, type PageLine } from "../wiki/page.ts";

const PAGE = "this was copied from a wiki";

/** What is put behind lines, by the line's index; findings at one place share the whole, since their order matters. */
type Additions = Map<number, string[]>;

function add(additions: Additions, index: number, text: string): void {
  const texts = additions.get(index);
  if (texts === undefined) additions.set(index, [text]);
  else texts.push(text);
}

/** The edit that puts lines behind a line, in front of its line end. */
function behind(reading: FileReading, line: Line, texts: readonly string[]): TextEdit {
  const text = reading.source.text.slice(line.start, line.end);
  const [lineEnd = ""] = /\r?\n?$/.exec(text) ?? [];
  const indent = /^[ \t]*/.exec(text)?.[0] ?? "";
  const at = line.end - lineEnd.length;
  const eol = lineEnd === "" ? "\n" : lineEnd;
  return { start: at, end: at, text: texts.map((one) => eol + (one.startsWith("#") ? indent : "") + one).join("") };
}

/** A sentence between the directives: a comment is what keeps it and lets httpd pass. */
function textFinding(reading: FileReading, { line, index }: PageLine): Finding {
  const { text } = reading.source;
  const content = text.slice(line.start, line.end);
  const start = line.start + (/^\s*/.exec(content.slice(0, 1000))?.[0].length ?? 0);
  const end = line.start + content.trimEnd().length;
  const ofSoftware = /^[\w./-]+\.php:\d+: /.test(text.slice(start, start + 200));
  return {
    reading,
    span: { start, end: Math.max(start, end) },
    message: `${ofSoftware ? "Message of the wiki's software" : "Prose"} ${quote(text.slice(start, end))}`,
    help: `${PAGE}: make it a comment`,
    fatal: reading.active[index] !== false,
    fix: { safe: true, edits: [{ start, end: start, text: "# " }] },
  };
}

/** A name with marks: `LoadModule?`, `!AddModule?`, `<!IfModule? mod_backhand.c>`. */
function nameFinding(reading: FileReading, { line, index }: PageLine): Finding | null {
  const word = withoutMarks(line.name);
  if (word === null) return null;
  const span = { start: line.nameStart, end: line.nameEnd };
  return {
    reading,
    span,
    message: `Wiki markup ${quote(line.name)}`,
    help: `${PAGE}: write \`${word}\``,
    fatal: reading.active[index] !== false,
    fix: { safe: true, edits: unmark({ text: line.name, word, span }) },
  };
}

/** `LoadModule backhand_module libexec/apache/`: the file's name was a link of its own and got lost. */
function lostFile(reading: FileReading, page: PageLine): Finding | null {
  if (page.kind !== "directive" || page.spec.name !== "LoadModule") return null;
  const { argsStart, argsEnd } = page.line;
  const args = reading.source.text.slice(argsStart, Math.min(argsEnd, argsStart + 1000));
  const module = /^(\w+)_module\s+(\S*\/)$/.exec(args);
  const [, name, folder] = module ?? [];
  if (name === undefined || folder === undefined) return null;
  const file = `mod_${name}.so`;
  return {
    reading,
    span: { start: argsEnd - folder.length, end: argsEnd },
    message: `Lost file name behind ${quote(folder)}`,
    help: `${PAGE}: \`${folder}${file}\` is meant`,
    fatal: reading.active[page.index] !== false,
    fix: { safe: true, edits: [{ start: argsEnd, end: argsEnd, text: file }] },
  };
}

function linkFindings(reading: FileReading, { kind, line }: PageLine): readonly Finding[] {
  const from = kind === "text" ? line.start : line.argsStart;
  const to = kind === "text" ? line.end : line.argsEnd;
  return linksIn(reading.source.text, from, to).map((link) => ({
    reading,
    span: link.span,
    message: `Wiki link ${quote(link.text)}`,
    help: `${PAGE}: write \`${link.word}\``,
    severity: "warning",
    fix: { safe: true, edits: unmark(link) },
  }));
}

/** Directives by their lower-case names that stand in the page as such. */
function has(page: readonly PageLine[], ...names: readonly string[]): boolean {
  return page.some((one) => one.kind === "directive" && names.includes(one.spec.name.toLowerCase()));
}

function inspect(reading: FileReading, report: (finding: Finding) => void): void {
  const { tree, source } = reading;
  const page = wikiPage(tree);
  if (page === null) return;
  for (const one of page) {
    const findings = [
      one.kind === "text" ? textFinding(reading, one) : nameFinding(reading, one),
      lostFile(reading, one),
      ...linkFindings(reading, one),
    ];
    for (const finding of findings) if (finding !== null) report(finding);
  }
  const additions: Additions = new Map();
  const stats = has(page, "multicaststats", "broadcaststats", "acceptstats")
    ? []
    : page.filter((one) => one.kind === "directive" && one.spec.name === "UnixSocketDir");
  for (const { index } of stats) {
    add(additions, index, "# Missing here, lost by the wiki: MulticastStats address:port,ttl and AcceptStats network");
  }
  const tags = lostTags(tree, page);
  for (const { open, after } of tags) {
    const [indent = ""] = /^[ \t]*/.exec(source.text.slice(open.line.start, open.line.end)) ?? [];
    add(additions, after, `${indent}</${withoutMarks(open.line.name) ?? open.line.name}>`);
  }
  const fixBehind = (index: number): Pick<Finding, "fix"> => {
    const line = tree.lines[index];
    const texts = additions.get(index);
    return line === undefined || texts === undefined
      ? {}
      : { fix: { safe: true, edits: [behind(reading, line, texts)] } };
  };
  for (const { line, index } of stats) {
    report({
      reading,
      span: { start: line.nameStart, end: line.nameEnd },
      message: "Lost lines behind it: MulticastStats and AcceptStats are nowhere in the page",
      help: `${PAGE}: their addresses cannot be restored, a comment marks the place`,
      severity: "warning",
      ...fixBehind(index),
    });
  }
  for (const { open, after } of tags) {
    const name = withoutMarks(open.line.name) ?? open.line.name;
    const place = source.position(tree.lines[after]?.start ?? 0).line;
    report({
      reading,
      span: { start: open.line.nameStart, end: open.line.nameEnd },
      message: `Lost closing tag </${name}>`,
      help: `${PAGE}: it belongs after line ${place}`,
      fatal: reading.active[open.index] !== false,
      ...fixBehind(after),
    });
  }
}

/**
 * A configuration that was copied from a wiki's page: marks on words that the wiki took for page names, sentences between
 * the directives, and tags that the wiki took for HTML and dropped. Each scar is reported at its place and can be repaired.
 */
export const wikiMarkup = defineRule({
  id: "wiki-markup",
  summary: "The text bears no marks of a wiki that it was copied from",
  category: "syntax",
  severity: "error",
  fixable: "safe",
  dialects,
  shadows: [
    "unknown-directive",
    "argument-count",
    "argument-value",
    "wrong-context",
    "unclosed-section",
    "unmatched-close",
    "crossed-sections",
    "misplaced-section",
    "malformed-tag",
    "bad-conditional",
    "module-list",
    "unterminated-quote",
    "line-end-comment",
  ],
  create: ({ report }) => ({
    reading(reading) {
      inspect(reading, report);
    },
  }),
});
